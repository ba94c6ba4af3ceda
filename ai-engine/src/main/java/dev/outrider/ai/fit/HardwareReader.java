package dev.outrider.ai.fit;

import dev.outrider.ai.fit.Hardware.Battery;
import dev.outrider.ai.fit.Hardware.Gpu;
import dev.outrider.ai.fit.Hardware.Temperature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads Linux's files: proc(5) for memory and processor, sysfs for temperature, battery and
 * accelerators, and the memory controller of control groups in both versions. A file that is
 * missing or unreadable leaves its value unknown.
 */
final class HardwareReader {
    private static final Set<String> FEATURES =
            Set.of(
                    "sse4_2",
                    "avx",
                    "avx2",
                    "fma",
                    "f16c",
                    "avx512f",
                    "avx512_vnni",
                    "avx_vnni",
                    "amx_int8",
                    "asimd",
                    "asimddp",
                    "asimdhp",
                    "i8mm",
                    "bf16",
                    "sve",
                    "sve2");

    /** Version 1 of control groups writes "no limit" as a number about this large. */
    private static final long NO_LIMIT = 1L << 60;

    /** Device files of accelerators whose drivers are not in the kernel's class of them. */
    private static final Pattern NPU_FILE =
            Pattern.compile("(hailo|apex_|nvhost-nvdla|rknpu|galcore)\\d*");

    private final Path root;
    private @Nullable Long limit;
    private @Nullable Long left;

    HardwareReader(Path root) {
        this.root = root;
    }

    /**
     * @param gpus null if there is no library to ask
     */
    Hardware read(int cores, @Nullable List<Gpu> gpus) {
        groups();
        var board = board();
        boolean jetson = board != null && board.contains("Jetson");
        return new Hardware(
                board,
                meminfo("MemTotal:"),
                meminfo("MemAvailable:"),
                limit,
                left,
                cores,
                features(),
                gpus == null ? null : gpus.stream().map(gpu -> jetson ? shared(gpu) : gpu).toList(),
                npus(),
                temperatures(),
                battery());
    }

    /** CUDA calls a Jetson's graphics a device of its own, and counts the machine's memory. */
    private static Gpu shared(Gpu gpu) {
        return new Gpu(gpu.name(), gpu.description(), gpu.memoryBytes(), gpu.freeBytes(), true);
    }

    private @Nullable String board() {
        return Stream.of("proc/device-tree/model", "sys/class/dmi/id/product_name")
                .flatMap(file -> lines(file).stream().limit(1))
                .map(name -> name.replace("\0", "").strip())
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private List<String> npus() {
        var drivers =
                entries("sys/class/accel").stream()
                        .map(accelerator ->
                                lines("sys/class/accel/" + accelerator + "/device/uevent").stream()
                                        .filter(line -> line.startsWith("DRIVER="))
                                        .map(line -> line.substring("DRIVER=".length()))
                                        .findFirst()
                                        .orElse(accelerator));
        var files = entries("dev").stream().filter(name -> NPU_FILE.matcher(name).matches());
        return Stream.concat(drivers, files).distinct().sorted().toList();
    }

    private List<Temperature> temperatures() {
        return entries("sys/class/thermal").stream()
                .filter(zone -> zone.startsWith("thermal_zone"))
                .flatMap(zone -> temperature("sys/class/thermal/" + zone).stream())
                .toList();
    }

    private Optional<Temperature> temperature(String zone) {
        return number(zone + "/temp", 0)
                .map(thousandths ->
                        new Temperature(
                                lines(zone + "/type").stream().findFirst().orElse(zone),
                                thousandths / 1000.0));
    }

    private @Nullable Battery battery() {
        for (String supply : entries("sys/class/power_supply")) {
            var folder = "sys/class/power_supply/" + supply;
            var percent = number(folder + "/capacity", 0);
            if (lines(folder + "/type").equals(List.of("Battery")) && percent.isPresent()) {
                var status = lines(folder + "/status").stream().findFirst().orElse("Unknown");
                return new Battery(percent.get() / 100.0, status);
            }
        }
        return null;
    }

    private List<String> entries(String folder) {
        try (var entries = Files.list(root.resolve(folder))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            return List.of(); // this kernel has none
        }
    }

    private @Nullable Long meminfo(String name) {
        return field("proc/meminfo", name).map(kilobytes -> kilobytes << 10).orElse(null);
    }

    /** The number behind a name, in a file of such lines. */
    private Optional<Long> field(String file, String name) {
        return lines(file).stream()
                .map(line -> line.split("\\s+", -1))
                .filter(words -> words.length > 1 && words[0].equals(name))
                .findFirst()
                .flatMap(words -> number(words[1]));
    }

    private List<String> features() {
        return lines("proc/cpuinfo").stream()
                .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                .findFirst()
                .map(line -> Arrays.stream(line.split("\\s+", -1)).filter(FEATURES::contains))
                .map(words -> words.sorted().toList())
                .orElse(List.of());
    }

    private void groups() {
        for (String line : lines("proc/self/cgroup")) {
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
        number(folder + "/" + limitFile, 0)
                .filter(most -> most < NO_LIMIT)
                .ifPresent(most -> {
                    limit = limit == null ? most : Math.min(limit, most);
                    long used = number(folder + "/" + usageFile, 0).orElse(0L);
                    long reclaimable = field(folder + "/memory.stat", "inactive_file").orElse(0L);
                    long free = Math.max(0, most - Math.max(0, used - reclaimable));
                    left = left == null ? free : Math.min(left, free);
                });
    }

    private Optional<Long> number(String file, int line) {
        var lines = lines(file);
        return lines.size() > line ? number(lines.get(line)) : Optional.empty();
    }

    /** Empty for {@code max}, which is no limit. */
    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(root.resolve(file));
        } catch (IOException e) {
            return List.of(); // not there on this kernel, or not for us to read: unknown
        }
    }
}
