package dev.outrider.hal.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.outrider.hal.Timebase;
import dev.outrider.hal.linux.PwmChannel;
import dev.outrider.hal.map.FloorPlanFile;
import dev.outrider.hal.part.BatteryGauge;
import dev.outrider.hal.part.Bumper;
import dev.outrider.hal.part.DriveBase;
import dev.outrider.hal.part.EmergencyStopEngagedException;
import dev.outrider.hal.part.EnvironmentSensor;
import dev.outrider.hal.part.Imu;
import dev.outrider.hal.part.Motor;
import dev.outrider.hal.part.Part;
import dev.outrider.hal.part.PartSheet;
import dev.outrider.hal.part.Relay;
import dev.outrider.hal.part.Servo;
import dev.outrider.hal.part.Stepper;
import dev.outrider.hal.rig.InRig;
import dev.outrider.hal.rig.SimulatedLine;
import dev.outrider.hal.rig.StubChip;
import dev.outrider.hal.safety.Release;
import dev.outrider.hal.safety.SafeState;
import dev.outrider.hal.sim.Simulation;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A board with parts by every bus, opened from its profile on the kernel's own devices. */
@InRig
class WorkshopBoardRigTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PAN_OFF_HIGH = 0x06 + 4 * 3 + 3;

    @TempDir Path folder;

    private final StubChip hat = new StubChip(0x41);
    private final SimulatedLine button = new SimulatedLine(17);
    private final SimulatedLine fan = new SimulatedLine(23);
    private BoardProfile profile;
    private HardwareBoard hardware;
    private Board board;

    @BeforeEach
    void open() {
        new StubChip(0x68).put(0x75, 0x68).putWord(0x3F, 8192);
        new StubChip(0x45).putWord(0xFE, 0x5449).putWord(0x02, (int) (11.1 / 0.00125));
        fillAir();
        String text =
                BoardProfileTest.text("workshop.yaml")
                        .replace("BUS", Integer.toString(StubChip.number()));
        profile = BoardProfileFile.read("workshop.yaml", new StringReader(text));
        hardware = HardwareBoard.open(profile, FloorPlanFile.flat(), folder.resolve("estop"));
        board = hardware.board();
        shut(button);
        shut(new SimulatedLine(27));
        assertThat(board.emergencyStop().release("test", "the circuit is closed"))
                .isInstanceOf(Release.Released.class);
    }

    /** Closes a contact to ground, which the line's own pull-up held open until now. */
    private static void shut(SimulatedLine contact) {
        contact.pull(false);
    }

    private static void fillAir() {
        byte[] bytes =
                HexFormat.of()
                        .parseHex(
                                "706b436718fc7d8e43d6d00b270b8c00f9ff8c3cf8c67017004b"
                                        + "6a0100141e001e"
                                        + "655ac07eed006b00");
        var chip = new StubChip(0x76).put(0xD0, 0x60);
        for (int index = 0; index < bytes.length; index++) {
            int register = index < 26 ? 0x88 : index < 33 ? 0xE1 - 26 : 0xF7 - 33;
            chip.put(register + index, Byte.toUnsignedInt(bytes[index]));
        }
    }

    @AfterEach
    void close() {
        hardware.close();
    }

    @Test
    void hasThePartsOfItsProfile() {
        assertThat(board.parts())
                .extracting(Part::name)
                .containsExactlyElementsOf(
                        profile.parts().stream().map(PartProfile::name).toList());
    }

    @Test
    void everyTwinDeclaresWhatItsPartDoes() {
        Path latch = folder.resolve("simulated-estop");
        try (Simulation simulation =
                Simulation.open(profile, FloorPlanFile.flat(), latch, Timebase.wall())) {
            for (Part part : board.parts()) {
                PartSheet real = part.sheet();
                PartSheet twin = simulation.board().part(part.name(), Part.class).sheet();

                assertThat(twin.kind()).isEqualTo(real.kind());
                assertThat(capabilities(twin)).as(part.name()).isEqualTo(capabilities(real));
                if (!(part instanceof DriveBase)) {
                    assertThat(twin.safeState()).as(part.name()).isEqualTo(real.safeState());
                }
            }
        }
    }

    private static List<String> capabilities(PartSheet sheet) {
        return sheet.quantities().stream()
                .map(quantity ->
                        "%s %s in %s"
                                .formatted(quantity.direction(), quantity.name(), quantity.unit()))
                .toList();
    }

    @Test
    void measuresByEveryBus() {
        assertThat(board.part(EnvironmentSensor.class).air().celsius())
                .isCloseTo(25.08, within(0.01));
        assertThat(board.part(Imu.class).motion().acceleration().z())
                .isCloseTo(Imu.GRAVITY, within(0.01));
        assertThat(board.part(BatteryGauge.class).charge()).isCloseTo(0.5, within(0.01));
        assertThat(board.part(Bumper.class).pressed()).isFalse();
    }

    @Test
    void movesByEveryBus() {
        board.part(Servo.class).turnTo(0);
        board.part(Relay.class).set(false);
        Stepper table = board.part(Stepper.class);
        table.turnTo(9);

        assertThat(hat.at(PAN_OFF_HIGH)).isEqualTo(1);
        assertThat(fan.value()).isTrue();
        await().atMost(PATIENCE).until(() -> !table.moving());
        assertThat(table.degrees()).isCloseTo(9, within(0.01));
    }

    @Test
    void theEmergencyStopPutsEveryPartIntoItsSafeStateAndKeepsItThere() {
        board.part(Servo.class).turnTo(0);
        board.part(Relay.class).set(false);

        button.pull(true);
        await().atMost(PATIENCE).until(() -> board.emergencyStop().engaged());
        await().atMost(PATIENCE).until(() -> !fan.value());

        assertThat(hat.at(PAN_OFF_HIGH)).isEqualTo(0x10);
        assertThatThrownBy(() -> board.part(Relay.class).set(false))
                .isInstanceOf(EmergencyStopEngagedException.class);
        assertThatThrownBy(() -> board.part(Stepper.class).turnTo(20))
                .isInstanceOf(EmergencyStopEngagedException.class);
    }

    @Test
    void aMotorsLeaseRunsOut() {
        Motor brush = board.part("brush", Motor.class);

        brush.power(0.3);
        var forward = new SimulatedLine(4);
        var backward = new SimulatedLine(5);
        await().atMost(PATIENCE).until(() -> forward.value() && backward.value());

        assertThat(board.emergencyStop().engaged()).isFalse();
        assertThatThrownBy(() -> brush.power(0.6)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsTheGuardianEverySafeStateThatItDeclares() {
        assertThat(SafeStates.of(profile))
                .startsWith(
                        new SafeState.Setting(pwm(0), "0"),
                        new SafeState.Setting(pwm(1), "0"),
                        new SafeState.Setting(pwm(2), "0"))
                .contains(
                        new SafeState.Level("pinctrl-rp1", 22, true),
                        new SafeState.Level("pinctrl-rp1", 23, false),
                        new SafeState.Register(StubChip.bus(), 0x41, PAN_OFF_HIGH, 0x10));
    }

    private static Path pwm(int channel) {
        return PwmChannel.chip("outrider-rig").resolve("pwm%d/enable".formatted(channel));
    }

    @Test
    void closingLeavesWhatOutlivesItSafe() {
        board.part(Servo.class).turnTo(0);

        hardware.close();

        // a released line of the simulated chip follows its pull, whatever was written last
        assertThat(hat.at(PAN_OFF_HIGH)).isEqualTo(0x10);
    }

    @Test
    void aChipThatIsAnotherOneIsToldByItsPartsName() {
        hardware.close();
        new StubChip(0x68).put(0x75, 0x71);

        assertThatThrownBy(() ->
                        HardwareBoard.open(profile, FloorPlanFile.flat(), folder.resolve("estop")))
                .hasMessageContaining("imu: open: what answers at 0x68")
                .hasMessageContaining("is no MPU-6050");
    }
}
