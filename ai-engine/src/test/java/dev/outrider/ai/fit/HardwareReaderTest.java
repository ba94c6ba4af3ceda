package dev.outrider.ai.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        var hardware = new HardwareReader(root).read(4, List.of());

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

        var hardware = new HardwareReader(root).read(4, List.of());

        assertThat(hardware.limitBytes()).isEqualTo(4_000_000);
        assertThat(hardware.usableBytes()).hasValue(3_000_000);
    }

    @Test
    void readsTheFirstVersionOfControlGroups() throws IOException {
        put("proc/self/cgroup", "4:memory:/docker/x\n2:cpu:/\n");
        put("sys/fs/cgroup/memory/docker/x/memory.limit_in_bytes", "2000000\n");
        put("sys/fs/cgroup/memory/docker/x/memory.usage_in_bytes", "300000\n");

        assertThat(new HardwareReader(root).read(4, List.of()).usableBytes()).hasValue(1_700_000);
    }

    @Test
    void takesTheLargestNumberOfTheFirstVersionForNoLimit() throws IOException {
        put("proc/self/cgroup", "4:memory:/\n");
        put("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");

        assertThat(new HardwareReader(root).read(4, List.of()).limitBytes()).isNull();
    }

    @Test
    void saysUnknownWhereNothingCanBeRead() throws IOException {
        Files.delete(root.resolve("proc/meminfo"));
        Files.delete(root.resolve("proc/cpuinfo"));

        var hardware = new HardwareReader(root).read(4, List.of());

        assertThat(hardware.memoryBytes()).isNull();
        assertThat(hardware.usableBytes()).isEmpty();
        assertThat(hardware.cpuFeatures()).isEmpty();
    }

    @Test
    void readsTemperatureBatteryAndAccelerators() throws IOException {
        put("sys/class/thermal/thermal_zone0/type", "cpu-thermal\n");
        put("sys/class/thermal/thermal_zone0/temp", "54321\n");
        put("sys/class/thermal/thermal_zone1/type", "broken\n");
        put("sys/class/power_supply/AC/type", "Mains\n");
        put("sys/class/power_supply/BAT0/type", "Battery\n");
        put("sys/class/power_supply/BAT0/capacity", "87\n");
        put("sys/class/power_supply/BAT0/status", "Discharging\n");
        put("sys/class/accel/accel0/device/uevent", "PCI_ID=1\nDRIVER=intel_vpu\n");
        put("dev/hailo0", "");
        put("dev/null", "");

        var hardware = new HardwareReader(root).read(4, List.of());

        assertThat(hardware.temperatures())
                .containsExactly(new Hardware.Temperature("cpu-thermal", 54.321));
        assertThat(hardware.battery()).isEqualTo(new Hardware.Battery(0.87, "Discharging"));
        assertThat(hardware.npus()).containsExactly("hailo0", "intel_vpu");
    }

    @Test
    void knowsThatAJetsonsGraphicsShareItsMemory() throws IOException {
        put("proc/device-tree/model", "NVIDIA Jetson Orin Nano Developer Kit\0");
        var gpu = new Hardware.Gpu("CUDA0", "Orin", 7000L << 20, 6000L << 20, false);

        var hardware = new HardwareReader(root).read(6, List.of(gpu));

        assertThat(hardware.board()).isEqualTo("NVIDIA Jetson Orin Nano Developer Kit");
        assertThat(hardware.gpus())
                .containsExactly(new Hardware.Gpu("CUDA0", "Orin", 7000L << 20, 6000L << 20, true));
    }

    @Test
    void tellsNoGraphicsFromNobodyToAsk() {
        assertThat(new HardwareReader(root).read(4, List.of()).gpus()).isEmpty();
        assertThat(new HardwareReader(root).read(4, null).gpus()).isNull();
    }

    @Test
    void readsThisMachine() {
        var here = Hardware.read();

        assertThat(here.memoryBytes()).isPositive();
        assertThat(here.usableBytes()).isPresent();
        assertThat(here.cores()).isPositive();
    }

    private void put(String file, String text) throws IOException {
        var path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
