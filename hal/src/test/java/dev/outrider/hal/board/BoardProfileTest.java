package dev.outrider.hal.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

class BoardProfileTest {

    private static String text() throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(BoardProfileTest.class.getResourceAsStream("rig.yaml"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static BoardProfile rig() throws IOException {
        return BoardProfileFile.read("rig.yaml", new StringReader(text()));
    }

    @Test
    void readsWhatIsWritten() throws IOException {
        BoardProfile profile = rig();

        assertThat(profile.name()).isEqualTo("rig-rover");
        assertThat(profile.emergencyLine()).isEqualTo(17);
        assertThat(profile.limits().degreesPerSecondSquared()).isEqualTo(180);
        assertThat(profile.parts())
                .contains(
                        new PartProfile.Range("front", Path.of("/dev/ttyACM0"), 8),
                        new PartProfile.Servo(
                                "gripper",
                                2,
                                Duration.ofNanos(1_200_000),
                                Duration.ofNanos(1_800_000)),
                        new PartProfile.Rgb("lamp", 24, 25, 26));
        assertThat(profile.parts().getFirst())
                .isInstanceOfSatisfying(
                        PartProfile.Drive.class,
                        drive -> assertThat(drive.right().encoder()).isEqualTo(List.of(10, 11)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "emergency-stop: 17|emergency-stop: red|5: emergency-stop: must be a whole number,"
                        + " not red",
                "emergency-stop: 17|emergency-stop: 4000|5: emergency-stop: must be within 0..1023,"
                        + " not 4000",
                "speed: 0.5|speed: -1|7: speed: must be within 0.01..5.0, not -1",
                "speed: 0.5|speed: NaN|7: speed: must be within 0.01..5.0, not NaN",
                "speed: 0.5|speeed: 0.5|7: speed: is missing",
                "clearance: 0.2|clearance: 0.2, x|12: clearance: must be a number",
                "track: 0.3|track: [0.3]|16: must be a single value",
                "kind: tfmini|kind: sonar|19: kind: must be drive, tfmini",
                "reach: 8|reach: 8, a: 1|22: no YAML",
                "name: lamp|name: gripper|2: two parts are called gripper",
                "'encoder: [6, 7]'|'encoder: [6]'|17: encoder: must be a list of 2 whole numbers",
                "blue: 26|'blue: 26\n    white: 1'|33: white: is not known here",
                "blue: 26|'blue: 26\n    blue: 27'|33: blue: is here twice",
                "clearance: 0.2|'clearance: 0.2\n"
                        + "watchdogs: [{device: /dev/watchdog0}]'|13: timeout: is missing",
                "'board: rig-rover'|'board: '''''|2: board: must not be blank"
            })
    void saysWhichLineIsWrongAndWhy(String right, String wrong, String message) throws IOException {
        String text = text().replace(right, wrong);

        assertThatThrownBy(() -> BoardProfileFile.read("rig.yaml", new StringReader(text)))
                .isInstanceOf(ProfileException.class)
                .hasMessageStartingWith("rig.yaml:" + message);
    }

    @Test
    void saysSoWhenThereIsNothing() {
        assertThatThrownBy(() -> BoardProfileFile.read("none.yaml", new StringReader("")))
                .hasMessage("none.yaml:1: is empty");
    }
}
