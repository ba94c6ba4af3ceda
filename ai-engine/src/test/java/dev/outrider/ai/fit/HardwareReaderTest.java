package dev.outrider.ai.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HardwareReaderTest {
    @TempDir Path root;

    @BeforeEach
    void machine() throws IOException {
        put("proc/meminfo", "MemTotal:  8000 kB\nMemFree: 10 kB\nMemAvailable:   6000 kB\n");
        put("proc/cpuinfo", "processor : 0\nFeatures\t: fp asimd evtstrm asimddp\n");
    }

    @Test
    void readsMemoryAndProcessor() {
        var hardware = new HardwareReader(root).read(4);

        assertThat(hardware.memoryBytes()).isEqualTo(8000L << 10);
        assertThat(hardware.usableBytes()).hasValue(6000L << 10);
        assertThat(hardware.limitBytes()).isNull();
        assertThat(hardware.cpuFeatures()).containsExactly("asimd", "asimddp");
    }

    @Test
    void isBoundByTheTightestGroupAboveIt() throws IOException {
        put("proc/self/cgroup", "0::/robots/outrider\n");
        put("sys/fs/cgroup/robots/memory.max", "4000000\n");
        put("sys/fs/cgroup/robots/memory.current", "1500000\n");
        put("sys/fs/cgroup/robots/memory.stat", "anon 1\ninactive_file 500000\n");
        put("sys/fs/cgroup/robots/outrider/memory.max", "max\n");

        var hardware = new HardwareReader(root).read(4);

        assertThat(hardware.limitBytes()).isEqualTo(4_000_000);
        assertThat(hardware.usableBytes()).hasValue(3_000_000);
    }

    @Test
    void readsTheFirstVersionOfControlGroups() throws IOException {
        put("proc/self/cgroup", "4:memory:/docker/x\n2:cpu:/\n");
        put("sys/fs/cgroup/memory/docker/x/memory.limit_in_bytes", "2000000\n");
        put("sys/fs/cgroup/memory/docker/x/memory.usage_in_bytes", "300000\n");

        assertThat(new HardwareReader(root).read(4).usableBytes()).hasValue(1_700_000);
    }

    @Test
    void takesTheLargestNumberOfTheFirstVersionForNoLimit() throws IOException {
        put("proc/self/cgroup", "4:memory:/\n");
        put("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");

        assertThat(new HardwareReader(root).read(4).limitBytes()).isNull();
    }

    @Test
    void saysUnknownWhereNothingCanBeRead() throws IOException {
        Files.delete(root.resolve("proc/meminfo"));
        Files.delete(root.resolve("proc/cpuinfo"));

        var hardware = new HardwareReader(root).read(4);

        assertThat(hardware.memoryBytes()).isNull();
        assertThat(hardware.usableBytes()).isEmpty();
        assertThat(hardware.cpuFeatures()).isEmpty();
    }

    private void put(String file, String text) throws IOException {
        var path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
