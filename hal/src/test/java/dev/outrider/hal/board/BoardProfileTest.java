package dev.outrider.hal.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.hal.Timebase;
import dev.outrider.hal.map.FloorPlanFile;
import dev.outrider.hal.part.DriveBase;
import dev.outrider.hal.part.Part;
import dev.outrider.hal.sim.Simulation;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoardProfileTest {

    @TempDir Path folder;

    static String text(String file) {
        try (InputStream stream =
                Objects.requireNonNull(BoardProfileTest.class.getResourceAsStream(file))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BoardProfile read(String text) {
        return BoardProfileFile.read("rig.yaml", new StringReader(text));
    }

    static BoardProfile rig() {
        return read(text("rig.yaml"));
    }

    /** One of every kind of part. */
    private static String everything() {
        return text("everything.yaml");
    }

    private static PartProfile.Wiring wiring(BoardProfile profile, String name) {
        return profile.parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow()
                .wiring();
    }

    @Test
    void readsWhatIsWritten() {
        BoardProfile profile = rig();

        assertThat(profile.name()).isEqualTo("rig-rover");
        assertThat(profile.emergencyLine()).isEqualTo(line("17"));
        assertThat(profile.limits().degreesPerSecondSquared()).isEqualTo(180);
        assertThat(wiring(profile, "front"))
                .isEqualTo(new PartProfile.TfMini(Path.of("/dev/ttyACM0"), 8));
        assertThat(wiring(profile, "gripper"))
                .isEqualTo(
                        new PartProfile.Gripper(
                                new Resource.Pwm("outrider-rig", 2),
                                Duration.ofNanos(1_200_000),
                                Duration.ofNanos(1_800_000)));
        assertThat(wiring(profile, "drive"))
                .isInstanceOfSatisfying(
                        PartProfile.Drive.class,
                        drive ->
                                assertThat(drive.right().encoder())
                                        .isEqualTo(
                                                new PartProfile.Quadrature(
                                                        line("10"), line("11"))));
    }

    private static Resource.Line line(String name) {
        return new Resource.Line("pinctrl-rp1", name);
    }

    @Test
    void readsEveryKindOfPart() {
        BoardProfile profile = read(everything());

        assertThat(profile.parts())
                .extracting(PartProfile::kind)
                .contains(
                        "drive",
                        "motor",
                        "servo",
                        "stepper",
                        "encoder",
                        "servo-gripper",
                        "relay",
                        "rgb-lamp",
                        "bumper",
                        "hc-sr04",
                        "vl53l0x",
                        "tfmini",
                        "mpu6050",
                        "bme280",
                        "ina219",
                        "ina226");
        assertThat(wiring(profile, "pan"))
                .isInstanceOfSatisfying(
                        PartProfile.Servo.class,
                        servo ->
                                assertThat(servo.pulses())
                                        .isInstanceOf(Resource.ExpanderChannel.class));
        assertThat(wiring(profile, "arm"))
                .isInstanceOfSatisfying(
                        PartProfile.Motor.class,
                        motor -> assertThat(motor.driver()).isInstanceOf(PartProfile.Vesc.class));
        assertThat(wiring(profile, "fan"))
                .isEqualTo(new PartProfile.Relay(line("PIN_FAN"), false, true));
    }

    @Test
    void everyKindOfPartHasATwin() {
        BoardProfile profile = read(everything());

        try (Simulation simulation =
                Simulation.open(
                        profile, FloorPlanFile.flat(), folder.resolve("estop"), Timebase.wall())) {
            assertThat(simulation.board().parts())
                    .extracting(Part::name)
                    .containsAll(profile.parts().stream().map(PartProfile::name).toList());
            assertThat(simulation.board().parts())
                    .allSatisfy(part -> assertThat(part.sheet().safeState()).isNotBlank());
        }
    }

    static Stream<String> shipped() {
        return BoardProfileFile.SHIPPED.stream();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void shipsABoardThatReadsAndRunsAsASimulation(String name) {
        BoardProfile profile = BoardProfileFile.find(name);

        try (Simulation simulation =
                Simulation.open(
                        profile, FloorPlanFile.flat(), folder.resolve("estop"), Timebase.wall())) {
            assertThat(profile.name()).isEqualTo(name);
            assertThat(simulation.board().part(DriveBase.class).limits())
                    .isEqualTo(profile.limits());
        }
    }

    @Test
    void onlyTheSimulatorNeedsNoHardware() {
        assertThat(BoardProfileFile.SHIPPED)
                .filteredOn(name -> BoardProfileFile.find(name).simulated())
                .containsExactly("simulator");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "emergency-stop: 17|emergency-stop: -1|5: emergency-stop: must be within 0..1023, not -1",
                "emergency-stop: 17|emergency-stop: 4000|5: emergency-stop: must be within 0..1023, not 4000",
                "emergency-stop: 17|emergency-stop: 1e9|5: emergency-stop: must be a whole number, not 1e9",
                "speed: 0.5|speed: -1|7: speed: must be within 0.01..5.0, not -1",
                "speed: 0.5|speed: NaN|7: speed: must be within 0.01..5.0, not NaN",
                "speed: 0.5|speeed: 0.5|7: speed: is missing",
                "clearance: 0.2|clearance: 0.2, x|12: clearance: must be a number",
                "track: 0.3|track: [0.3]|17: must be a single value",
                "kind: tfmini|kind: sonar|20: kind: is unknown: sonar; known are bme280, bumper, drive",
                "reach: 8|reach: 8, a: 1|23: no YAML",
                "name: lamp|name: gripper|31: name: two parts are called gripper",
                "'encoder: [6, 7]'|'encoder: [6]'|18: encoder: must be a list of 2",
                "blue: 26|'blue: 26\n    white: 1'|36: white: is not known here",
                "blue: 26|'blue: 26\n    blue: 27'|36: blue: is here twice",
                "blue: 26|blue: 4|35: blue: line 4 of pinctrl-rp1 is taken by drive left in line 18 already",
                "blue: 26|blue: 17|35: blue: line 17 of pinctrl-rp1 is taken by the emergency stop in line 5 already",
                "pwm: 2|pwm: 1|27: pwm: PWM channel 1 of outrider-rig is taken by drive right in line 19 already",
                "'    safe: hold\n'|''|24: safe: is missing: every output declares its safe state, here hold",
                "'    safe: brake\n'|''|14: safe: is missing: every output declares its safe state, here brake or coast",
                "safe: brake|safe: full speed|16: safe: must be brake or coast, not full speed",
                "grip: 1200|grip: 12000|28: grip: must be within 400..2600, not 12000",
                "'pwm-parent: outrider-rig\n'|''|17: pwm: needs the board's pwm-parent",
                "clearance: 0.2|'clearance: 0.2\nwatchdogs: [{device: /dev/watchdog0}]'|13: timeout: is missing",
                "clearance: 0.2|'clearance: 0.2\nsimulated: perhaps'|13: simulated: must be false or true, not perhaps",
                "'board: rig-rover'|'board: '''''|2: board: must not be blank"
            })
    void saysWhichLineIsWrongAndWhy(String right, String wrong, String message) {
        String before = text("rig.yaml");
        String text = before.replace(right, wrong);
        assertThat(text).isNotEqualTo(before);

        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ProfileException.class)
                .hasMessageStartingWith("rig.yaml:" + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "address: 0x76|address: 0x20|address: must be within 118..119, not 0x20",
                "address: 0x76|address: 0x|address: must be a whole number",
                "full: 12.6|full: 9|full: must be more volts than empty",
                "most: 90|most: -90|most: must be more degrees than least",
                "at-most: 2500|at-most: 500|at-most: must be another pulse than at-least",
                "pwm: hat/3|pwm: hat/16|pwm: must be within 0..15, not 16",
                "pwm: hat/3|pwm: hat/x|pwm: must be a whole number, not x",
                "node: 12|node: 256|node: must be within 0..255, not 256",
                "address: 0x69|address: 0x68|is taken by",
                "contact: normally-open|contact: sometimes|contact: must be normally-closed or normally-open",
                "frequency: 50|frequency: 20000|frequency: must be within 24..1526",
                "can: can0|cam: can0|a motor needs pwm, pwm-pair or can",
                "most-power: 0.8|most-power: 8|most-power: must be within 0.01..1.0",
                "slew: 2|slew: 0|slew: must be within 0.1..100.0",
                "reach: 1.1|reach: 100|reach: must be within 0.05..1.2"
            })
    void saysWhatIsWrongWithAPart(String right, String wrong, String message) {
        String text = everything().replace(right, wrong);
        assertThat(text).isNotEqualTo(everything());

        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining(message);
    }

    @Test
    void saysWhatTheMachineLacksWithTheLineThatAsksForIt() {
        List<String> missing =
                rig().missing(resource ->
                        resource instanceof Resource.Serial serial
                                ? Optional.of("this machine has no serial line " + serial.device())
                                : Optional.empty());

        assertThat(missing)
                .containsExactly(
                        "rig.yaml:22: front: this machine has no serial line /dev/ttyACM0");
    }

    @Test
    void aSimulatedBoardLacksNothing() {
        BoardProfile simulator = BoardProfileFile.find("simulator");

        assertThat(simulator.missing(resource -> Optional.of("nothing is here"))).isEmpty();
    }

    @Test
    void aBoardWithoutHardwareIsNotOpenedAsHardware() {
        BoardProfile simulator = BoardProfileFile.find("simulator");

        assertThatThrownBy(() ->
                        HardwareBoard.open(
                                simulator, FloorPlanFile.flat(), folder.resolve("estop")))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("opened as a simulation");
    }

    /** True on any machine these tests run on but a robot of that very make. */
    @Test
    void thisMachineHasNoSuchThings() {
        var machine = new Machine();

        assertThat(machine.apply(new Resource.Line("no such chip", "1")).orElseThrow())
                .contains("no GPIO chip is labelled no such chip");
        assertThat(machine.apply(new Resource.Pwm("no-such.pwm", 0)).orElseThrow())
                .containsAnyOf("no PWM chip belongs to no-such.pwm", "this machine has no PWM");
        assertThat(machine.apply(new Resource.I2cChip(250, 0x40)).orElseThrow())
                .contains("no I2C bus /dev/i2c-250");
        assertThat(machine.apply(new Resource.CanNode("can99", 1)).orElseThrow())
                .contains("no CAN network can99");
        assertThat(machine.apply(new Resource.CanNode("lo", 1)).orElseThrow())
                .contains("lo is no CAN network");
        assertThat(machine.apply(new Resource.Watchdog(Path.of("/dev/watchdog99"))).orElseThrow())
                .contains("no watchdog /dev/watchdog99");
    }

    @Test
    void saysSoWhenThereIsNothing() {
        assertThatThrownBy(() -> BoardProfileFile.read("none.yaml", new StringReader("")))
                .hasMessage("none.yaml:1: is empty");
        assertThatThrownBy(() -> BoardProfileFile.find("teapot"))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("no board is called teapot")
                .hasMessageContaining("rpi-5");
    }

    @Test
    void readsAFileOfOnesOwn() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), text("rig.yaml"));

        assertThat(BoardProfileFile.find(file.toString()).name()).isEqualTo("rig-rover");
    }

    @Test
    void refusesAFileThatIsTooLargeOrNoText() throws IOException {
        Path large = Files.writeString(folder.resolve("large.yaml"), "a: b # ".repeat(100_000));
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {'a', (byte) 0xFF, 0});

        assertThatThrownBy(() -> BoardProfileFile.find(large.toString()))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("is larger than");
        assertThatThrownBy(() -> BoardProfileFile.find(binary.toString()))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("no UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000b",
                "[",
                "- - - -",
                "&a [*a]",
                "*nobody",
                "board: !!javax.script.ScriptEngineManager [x]",
                "---\na: 1\n---\nb: 2",
                "limits: &x {speed: *x}",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
                "? [a]\n: b",
                "\t\tx",
                "just text"
            })
    void hostileFilesAreRefusedWithALine(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ProfileException.class)
                .hasMessageMatching("(?s)rig\\.yaml:\\d+: .+");
    }

    @Test
    void anyCutOrBrokenFileIsReadOrRefusedWithALine() {
        String whole = everything();
        var random = new Random(5);
        int refused = 0;
        for (int round = 0; round < 2000; round++) {
            var broken = new StringBuilder(whole.substring(0, random.nextInt(whole.length()) + 1));
            for (int change = 0; change < round % 4; change++) {
                broken.setCharAt(
                        random.nextInt(broken.length()), (char) (' ' + random.nextInt(95)));
            }
            try {
                read(broken.toString());
            } catch (ProfileException e) {
                refused++;
                assertThat(e).hasMessageMatching("(?s)rig\\.yaml:\\d+: .+");
            }
        }
        assertThat(refused).isGreaterThan(1500);
    }
}
