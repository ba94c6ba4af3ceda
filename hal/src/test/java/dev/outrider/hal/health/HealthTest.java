package dev.outrider.hal.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outrider.hal.Timebase;
import dev.outrider.hal.health.BoardHealth.Rail;
import dev.outrider.hal.health.BoardHealth.Throttling;
import dev.outrider.hal.health.Loads.Accelerator;
import dev.outrider.hal.health.Loads.Kind;
import dev.outrider.hal.sim.SteppedTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthTest {

    private static final String FIRMWARE =
            "sys/devices/platform/soc@107c000000/soc@107c000000:firmware/get_throttled";

    @TempDir Path root;

    private final SteppedTime time = new SteppedTime();
    private KernelTree tree;
    private BoardHealth board;
    private Loads loads;

    @BeforeEach
    void open() {
        tree = new KernelTree(root);
        board = new BoardHealth(root);
        loads = new Loads(root, time);
    }

    private Accelerator only() {
        List<Accelerator> found = loads.accelerators();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private List<String> names() {
        return new Health(root, time).figures().stream().map(Health.Figure::name).toList();
    }

    @Test
    void readsARaspberryPi() {
        tree.of("rpi-5");

        assertThat(board.throttling()).contains(new Throttling(false, false, false, true, true));
        assertThat(board.underVoltage()).contains(false);
        assertThat(board.rails()).isEmpty();
        assertThat(new HostHealth(root).hottestCpuCelsius().orElseThrow())
                .isCloseTo(61.345, within(1e-9));
        assertThat(names())
                .contains("temperature cpu-thermal", "memory available", "throttled since boot")
                .doesNotContain("battery charge", "cpu load", "memory pressure");
    }

    @Test
    void aRaspberryPisLoadsAreThoseBetweenTwoReadings() {
        tree.of("rpi-5");
        assertThat(loads.cpu()).isEmpty();
        assertThat(only().load()).isEmpty();

        tree.file("proc/stat", "cpu  1300 0 600 8500 600 0 0 0 0 0")
                .file(
                        "sys/devices/platform/axi/1002000000.v3d/gpu_stats",
                        "queue\ttimestamp\tjobs\truntime\nbin\t1500000000\t230\t60000000\n"
                                + "render\t1500000000\t230\t450000000");

        assertThat(loads.cpu().orElseThrow()).isCloseTo(0.4, within(1e-9));
        assertThat(only()).extracting(Accelerator::name).isEqualTo("v3d");
    }

    @Test
    void theBusiestQueueIsARaspberryPisGpuLoad() {
        tree.of("rpi-5");
        loads.accelerators();
        tree.file(
                "sys/devices/platform/axi/1002000000.v3d/gpu_stats",
                "queue\ttimestamp\tjobs\truntime\nbin\t1500000000\t230\t60000000\n"
                        + "render\t1500000000\t230\t450000000");

        assertThat(only().load().orElseThrow()).isCloseTo(0.5, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "0,false,false,false,false,false",
        "1,true,false,false,false,true",
        "50005,true,false,true,false,true",
        "f0000,false,false,false,false,true",
        "0xa,false,true,false,true,true"
    })
    void readsWhatAPiHoldsBack(
            String bits,
            boolean underVoltage,
            boolean capped,
            boolean throttled,
            boolean soft,
            boolean sinceBoot) {
        tree.file(FIRMWARE, bits);

        assertThat(board.throttling())
                .contains(new Throttling(underVoltage, capped, throttled, soft, sinceBoot));
    }

    @Test
    void underVoltageAloneDoesNotSlow() {
        assertThat(Throttling.of(1).slowed()).isFalse();
        assertThat(Throttling.of(4).slowed()).isTrue();
    }

    @Test
    void readsAJetsonsRailsAndLoad() {
        tree.of("orin-nano");

        assertThat(board.rails())
                .extracting(Rail::name)
                .containsExactly("VDD_IN", "VDD_CPU_GPU_CV", "VDD_SOC");
        assertThat(board.watts().orElseThrow()).isCloseTo(5.032 * 1.064, within(1e-9));
        assertThat(only().load()).hasValue(0.735);
        assertThat(only().name()).isEqualTo("tegra");
        assertThat(names()).contains("rail VDD_SOC power", "gpu tegra load");
    }

    @Test
    void readsAnIntelNpuAndGpuByWhatTheyCount() {
        tree.of("intel-npu");
        assertThat(loads.accelerators())
                .extracting(Accelerator::kind)
                .containsExactly(Kind.GPU, Kind.NPU);

        time.advance(Duration.ofSeconds(2));
        tree.file("sys/class/accel/accel0/device/npu_busy_time_us", "3000000")
                .file("sys/class/drm/card0/device/tile0/gt0/gtidle/idle_residency_ms", "101500");
        List<Accelerator> busy = loads.accelerators();

        assertThat(busy.get(0).load().orElseThrow()).isCloseTo(0.25, within(1e-9));
        assertThat(busy.get(1).load().orElseThrow()).isCloseTo(0.25, within(1e-9));
        assertThat(new HostHealth(root).groupMemory()).hasValue(0.25);
    }

    @Test
    void aCounterThatWasResetIsAnUnknownLoad() {
        tree.of("intel-npu");
        loads.accelerators();
        time.advance(Duration.ofSeconds(2));

        tree.file("sys/class/accel/accel0/device/npu_busy_time_us", "17");

        assertThat(loads.accelerators().getLast().load()).isEmpty();
    }

    @Test
    void readsAnAmdGpuAndAProcessorWithoutZones() {
        tree.of("amd");

        assertThat(only().load()).hasValue(0.42);
        assertThat(only().memory()).hasValue(0.25);
        assertThat(new HostHealth(root).hottestCpuCelsius()).hasValue(54.375);
        assertThat(new HostHealth(root).groupMemory()).isEmpty();
    }

    @Test
    void anNvidiaCardIsThereWithAnUnknownLoad() {
        tree.of("nvidia");

        assertThat(only().name()).isEqualTo("NVIDIA GeForce RTX 4070");
        assertThat(only().load()).isEmpty();
        assertThat(names()).isEmpty();
    }

    @Test
    void knowsNothingWhereNothingIsTold() {
        assertThat(board.throttling()).isEmpty();
        assertThat(board.underVoltage()).isEmpty();
        assertThat(board.rails()).isEmpty();
        assertThat(board.watts()).isEmpty();
        assertThat(loads.cpu()).isEmpty();
        assertThat(loads.accelerators()).isEmpty();
        assertThat(names()).isEmpty();
    }

    @Test
    void aRailWithoutItsCurrentIsNoRail() {
        tree.file("sys/class/hwmon/hwmon3/name", "ina3221")
                .file("sys/class/hwmon/hwmon3/in2_label", "VDD_IN")
                .file("sys/class/hwmon/hwmon3/in2_input", "19080");

        assertThat(board.rails()).isEmpty();
        assertThat(board.watts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "hot", "NaN", "Infinity", "-", "1e999", "0x", "\u0000\u0001", "9 9"})
    void takesNonsenseForUnknown(String nonsense) {
        for (String machine : List.of("rpi-5", "orin-nano", "intel-npu", "amd", "nvidia")) {
            tree.of(machine);
        }
        new Health(root, time).figures();
        for (String path :
                List.of(
                        FIRMWARE,
                        "sys/class/thermal/thermal_zone0/temp",
                        "sys/class/hwmon/hwmon1/in1_input",
                        "sys/class/drm/card1/device/gpu_busy_percent",
                        "sys/class/accel/accel0/device/npu_busy_time_us",
                        "sys/devices/platform/bus@0/17000000.gpu/load",
                        "sys/devices/platform/axi/1002000000.v3d/gpu_stats",
                        "proc/stat",
                        "proc/meminfo")) {
            tree.file(path, nonsense);
        }

        assertThat(names())
                .doesNotContain("temperature acpitz", "rail VDD_IN power")
                .doesNotContain("gpu amdgpu load", "gpu tegra load", "cpu load", "memory");
    }

    @Test
    void aHugeFileIsCutAndNotReadToItsEnd() {
        tree.file("proc/meminfo", "MemTotal: 8 kB\n" + "x".repeat(10_000_000));

        assertThat(new HostHealth(root).memoryTotalBytes()).hasValue(8 * 1024);
        assertThat(new HostHealth(root).memoryAvailableBytes()).isEmpty();
    }

    @Test
    void figuresAreFiniteWhateverTheFilesHold() {
        var random = new Random(9);
        tree.of("rpi-5").of("orin-nano").of("intel-npu").of("amd");
        var health = new Health(root, time);
        for (int round = 0; round < 200; round++) {
            tree.file("proc/stat", "cpu " + random.nextLong() + " 1 2 3 " + random.nextInt())
                    .file("sys/class/drm/card1/device/gpu_busy_percent", "" + random.nextLong())
                    .file("sys/devices/platform/bus@0/17000000.gpu/load", "" + random.nextLong());

            assertThat(health.figures())
                    .allSatisfy(figure -> assertThat(figure.value()).isFinite())
                    .filteredOn(figure -> figure.unit().equals("share"))
                    .allSatisfy(figure -> assertThat(figure.value()).isBetween(0.0, 1.0));
        }
    }

    @Test
    void readsTheMachineItRunsOn() {
        assumeTrue(Files.isReadable(Path.of("/proc/stat")), "this host has no /proc/stat");

        var here = new Health(Path.of("/"), Timebase.wall());

        assertThat(here.figures()).extracting(Health.Figure::name).contains("memory available");
    }
}
