package dev.outrider.ai.llama;

import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Memory in bytes, by proc(5) and the memory controller of control groups in both versions; null
 * where unknown.
 *
 * @param total of the machine
 * @param available that programs could still take without swapping
 * @param limit of the tightest control group
 * @param left within it
 */
public record SystemMemory(
        @Nullable Long total, @Nullable Long available, @Nullable Long limit, @Nullable Long left) {

    /** Reads it now. */
    public static SystemMemory read(SystemFiles files) {
        var groups = new Groups(files);
        groups.read();
        return new SystemMemory(
                meminfo(files, "MemTotal:"),
                meminfo(files, "MemAvailable:"),
                groups.limit,
                groups.left);
    }

    private static @Nullable Long meminfo(SystemFiles files, String name) {
        return files.field("proc/meminfo", name).map(kilobytes -> kilobytes << 10).orElse(null);
    }

    /** What this process could take now; empty if unknown. */
    public OptionalLong usable() {
        if (available == null) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(left == null ? available : Math.min(available, left));
    }

    /** The limits of the groups that this process is in. */
    private static final class Groups {
        /** Version 1 of control groups writes "no limit" as a number about this large. */
        private static final long NO_LIMIT = 1L << 60;

        private final SystemFiles files;
        private @Nullable Long limit;
        private @Nullable Long left;

        Groups(SystemFiles files) {
            this.files = files;
        }

        void read() {
            for (String line : files.lines("proc/self/cgroup")) {
                var columns = line.split(":", 3);
                if (columns.length == 3 && columns[1].isEmpty()) {
                    climb("sys/fs/cgroup", columns[2], "memory.max", "memory.current");
                } else if (columns.length == 3 && columns[1].equals("memory")) {
                    climb(
                            "sys/fs/cgroup/memory",
                            columns[2],
                            "memory.limit_in_bytes",
                            "memory.usage_in_bytes");
                }
            }
        }

        /** A group is bound by every group above it, too. */
        private void climb(String mount, String group, String limitFile, String usageFile) {
            var relative = Path.of("/").relativize(Path.of(group).normalize());
            for (@Nullable Path path = relative; path != null; path = path.getParent()) {
                consider(mount + "/" + path, limitFile, usageFile);
            }
            consider(mount, limitFile, usageFile);
        }

        private void consider(String folder, String limitFile, String usageFile) {
            files.number(folder + "/" + limitFile, 0)
                    .filter(most -> most < NO_LIMIT)
                    .ifPresent(most -> {
                        limit = limit == null ? most : Math.min(limit, most);
                        long used = files.number(folder + "/" + usageFile, 0).orElse(0L);
                        long reclaimable =
                                files.field(folder + "/memory.stat", "inactive_file").orElse(0L);
                        long free = Math.max(0, most - Math.max(0, used - reclaimable));
                        left = left == null ? free : Math.min(left, free);
                    });
        }
    }
}
