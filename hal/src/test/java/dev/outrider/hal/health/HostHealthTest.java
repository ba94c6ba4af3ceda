package dev.outrider.hal.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostHealthTest {

    private static final String MEMINFO =
            """
            MemTotal:        8245752 kB
            MemFree:          512000 kB
            MemAvailable:    6012340 kB
            """;
    private static final String PRESSURE =
            """
            some avg10=1.50 avg60=0.40 avg300=0.10 total=123456
            full avg10=0.20 avg60=0.10 avg300=0.00 total=23456
            """;

    @TempDir Path root;

    private final HostHealthFixture fixture = new HostHealthFixture();

    /** Writes the tree a kernel would show. */
    private final class HostHealthFixture {

        HostHealthFixture file(String path, String text) {
            Path file = root.resolve(path);
            try {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return this;
        }

        HostHealthFixture zone(int number, String type, String milli) {
            return file("sys/class/thermal/thermal_zone" + number + "/type", type + "\n")
                    .file("sys/class/thermal/thermal_zone" + number + "/temp", milli + "\n");
        }

        HostHealthFixture cores(String online, String load) {
            return file("sys/devices/system/cpu/online", online + "\n")
                    .file("proc/loadavg", load + " 0.80 0.70 2/345 6789\n");
        }

        HostHealth health() {
            return new HostHealth(root);
        }
    }

    @Test
    void readsARaspberryPi() {
        HostHealth pi =
                fixture.zone(0, "cpu-thermal", "61345")
                        .cores("0-3", "2.00")
                        .file("proc/meminfo", MEMINFO)
                        .file("proc/pressure/memory", PRESSURE)
                        .file("proc/pressure/cpu", PRESSURE.replace("1.50", "42.00"))
                        .health();

        assertThat(pi.hottestCpuCelsius().orElseThrow()).isCloseTo(61.345, within(1e-9));
        assertThat(pi.loadPerCore()).hasValue(0.5);
        assertThat(pi.memoryAvailableBytes()).hasValue(6012340L * 1024);
        assertThat(pi.memoryTotalBytes()).hasValue(8245752L * 1024);
        assertThat(pi.memoryPressure()).hasValue(0.015);
        assertThat(pi.cpuPressure()).hasValue(0.42);
        assertThat(pi.battery()).isEmpty();
    }

    @Test
    void readsAJetsonWithZonesThatSleepAndCoresThatAreOff() throws IOException {
        HostHealth jetson =
                fixture.zone(0, "cpu-thermal", "48500")
                        .zone(1, "gpu-thermal", "99000")
                        .zone(2, "tj-thermal", "52250")
                        .zone(3, "cv0-thermal", "")
                        .cores("0-3,6", "10.00")
                        .health();
        Files.createDirectories(root.resolve("sys/class/thermal/thermal_zone4/temp"));

        assertThat(jetson.hottestCpuCelsius()).hasValue(52.25);
        assertThat(jetson.temperatures())
                .extracting(HostHealth.Temperature::zone)
                .containsExactly("cpu-thermal", "gpu-thermal", "tj-thermal");
        assertThat(jetson.loadPerCore()).hasValue(2.0);
    }

    @Test
    void readsALaptopOnItsBatteryAndNotItsMouse() {
        HostHealth laptop =
                fixture.zone(0, "acpitz", "27800")
                        .zone(1, "x86_pkg_temp", "71000")
                        .file("sys/class/power_supply/AC/type", "Mains\n")
                        .file("sys/class/power_supply/AC/online", "0\n")
                        .file("sys/class/power_supply/a_mouse/type", "Battery\n")
                        .file("sys/class/power_supply/a_mouse/scope", "Device\n")
                        .file("sys/class/power_supply/a_mouse/capacity", "3\n")
                        .file("sys/class/power_supply/a_mouse/status", "Discharging\n")
                        .file("sys/class/power_supply/BAT0/type", "Battery\n")
                        .file("sys/class/power_supply/BAT0/capacity", "87\n")
                        .file("sys/class/power_supply/BAT0/status", "Discharging\n")
                        .health();

        assertThat(laptop.hottestCpuCelsius()).hasValue(71.0);
        assertThat(laptop.battery()).contains(new HostHealth.Battery(0.87, false));
    }

    @Test
    void knowsOutsidePower() {
        HostHealth laptop =
                fixture.file("sys/class/power_supply/BAT0/type", "Battery\n")
                        .file("sys/class/power_supply/BAT0/capacity", "100\n")
                        .file("sys/class/power_supply/BAT0/status", "Full\n")
                        .health();

        assertThat(laptop.battery()).contains(new HostHealth.Battery(1, true));
    }

    @Test
    void knowsNothingWhereNothingIsTold() {
        HostHealth empty = new HostHealth(root.resolve("nowhere"));

        assertThat(empty.temperatures()).isEmpty();
        assertThat(empty.hottestCpuCelsius()).isEmpty();
        assertThat(empty.loadPerCore()).isEmpty();
        assertThat(empty.memoryAvailableBytes()).isEmpty();
        assertThat(empty.memoryTotalBytes()).isEmpty();
        assertThat(empty.memoryPressure()).isEmpty();
        assertThat(empty.cpuPressure()).isEmpty();
        assertThat(empty.battery()).isEmpty();
    }

    @Test
    void takesNonsenseForUnknown() {
        HostHealth odd =
                fixture.zone(0, "cpu-thermal", "hot")
                        .cores("all of them", "busy")
                        .file("proc/meminfo", "MemAvailable:\n")
                        .file("proc/pressure/memory", "some nothing\n")
                        .file("sys/class/power_supply/BAT0/type", "Battery\n")
                        .health();

        assertThat(odd.hottestCpuCelsius()).isEmpty();
        assertThat(odd.loadPerCore()).isEmpty();
        assertThat(odd.memoryAvailableBytes()).isEmpty();
        assertThat(odd.memoryPressure()).isEmpty();
        assertThat(odd.battery()).isEmpty();
    }

    @Test
    void readsTheHostItRunsOn() {
        assumeTrue(Files.isReadable(Path.of("/proc/meminfo")), "this host has no /proc/meminfo");

        HostHealth here = new HostHealth(Path.of("/"));

        assertThat(here.memoryAvailableBytes().orElseThrow())
                .isBetween(1L, here.memoryTotalBytes().orElseThrow());
    }
}
