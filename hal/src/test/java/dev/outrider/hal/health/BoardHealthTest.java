package dev.outrider.hal.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class BoardHealthTest {

    private static final String FIRMWARE =
            "sys/devices/platform/soc@107c000000/soc@107c000000:firmware/get_throttled";

    @TempDir Path root;

    private BoardHealth health;

    @BeforeEach
    void open() {
        health = new BoardHealth(root);
    }

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
    }

    @ParameterizedTest
    @CsvSource({
        "0,false,false,false,false",
        "1,true,false,false,false",
        "50005,true,false,true,false",
        "f0000,false,false,false,false",
        "0xa,false,true,false,true"
    })
    void readsWhatAPiHoldsBackNow(
            String bits, boolean underVoltage, boolean capped, boolean throttled, boolean soft)
            throws IOException {
        file(FIRMWARE, bits);

        assertThat(health.throttling())
                .contains(new Throttling(underVoltage, capped, throttled, soft));
    }

    @Test
    void underVoltageAloneDoesNotSlow() {
        assertThat(Throttling.of(1).slowed()).isFalse();
        assertThat(Throttling.of(4).slowed()).isTrue();
    }

    @Test
    void readsAJetsonsPowerAndLoad() throws IOException {
        file("sys/class/hwmon/hwmon0/name", "tmp451");
        file("sys/class/hwmon/hwmon3/name", "ina3221");
        file("sys/class/hwmon/hwmon3/in1_label", "VDD_CPU_GPU_CV");
        file("sys/class/hwmon/hwmon3/in2_label", "VDD_IN");
        file("sys/class/hwmon/hwmon3/in2_input", "19080");
        file("sys/class/hwmon/hwmon3/curr2_input", "500");
        file("sys/devices/platform/bus@0/17000000.gpu/load", "735");

        assertThat(health.watts().orElseThrow()).isCloseTo(9.54, within(1e-9));
        assertThat(health.gpuLoad()).hasValue(0.735);
    }

    @Test
    void knowsNothingWhereNothingIsTold() throws IOException {
        file(FIRMWARE, "no number");
        file("sys/class/hwmon/hwmon3/name", "ina3221");
        file("sys/class/hwmon/hwmon3/in2_label", "VDD_IN");
        file("sys/class/hwmon/hwmon3/in2_input", "19080");

        assertThat(health.throttling()).isEmpty();
        assertThat(health.watts()).isEmpty();
        assertThat(health.gpuLoad()).isEmpty();
    }
}
