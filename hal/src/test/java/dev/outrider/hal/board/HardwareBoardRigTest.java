package dev.outrider.hal.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.outrider.hal.map.FloorPlanFile;
import dev.outrider.hal.part.DriveBase;
import dev.outrider.hal.part.EmergencyStopEngagedException;
import dev.outrider.hal.part.Gripper;
import dev.outrider.hal.part.Lamp;
import dev.outrider.hal.part.LampColor;
import dev.outrider.hal.part.Part;
import dev.outrider.hal.rig.InRig;
import dev.outrider.hal.rig.SimulatedLine;
import dev.outrider.hal.rig.Watchdogs;
import dev.outrider.hal.safety.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@InRig
class HardwareBoardRigTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path folder;

    private final SimulatedLine leftForward = new SimulatedLine(4);
    private final SimulatedLine leftBackward = new SimulatedLine(5);
    private final SimulatedLine button = new SimulatedLine(17);
    private final Path watchdog = Watchdogs.called("software");
    private HardwareBoard hardware;
    private Board board;

    @BeforeEach
    void open() throws IOException {
        hardware =
                HardwareBoard.open(
                        guardedBy(watchdog), FloorPlanFile.flat(), folder.resolve("estop"));
        board = hardware.board();
        button.pull(false);
        assertThat(board.emergencyStop().engagement().orElseThrow().who()).isEqualTo("input");
        assertThat(board.emergencyStop().release("test", "the circuit is closed"))
                .isInstanceOf(Release.Released.class);
    }

    /** The rig's profile with a watchdog that only the rig knows the number of. */
    private static BoardProfile guardedBy(Path watchdog) throws IOException {
        return BoardProfileTest.rig()
                .watchedBy(
                        List.of(
                                new BoardProfile.WatchdogProfile(
                                        watchdog, Duration.ofSeconds(30))));
    }

    @AfterEach
    void close() {
        hardware.close();
    }

    /** Runs forward: one direction line high, the other low. Braked: both high. */
    private boolean braked() {
        return leftForward.value() && leftBackward.value();
    }

    @Test
    void hasThePartsOfItsProfile() {
        assertThat(board.parts())
                .extracting(Part::name)
                .containsExactly("drive", "front", "gripper", "lamp");
        assertThat(board.place("cocina")).isPresent();
    }

    @Test
    void drivesUntilTheLeaseRunsOut() {
        DriveBase drive = board.part(DriveBase.class);

        await().atMost(PATIENCE)
                .until(() -> {
                    drive.velocity(0.3, 0);
                    return leftForward.value() && !leftBackward.value();
                });
        await().atMost(PATIENCE).until(this::braked);

        assertThat(board.emergencyStop().engaged()).isFalse();
    }

    @Test
    void theCutWireStopsItAndKeepsItStopped() {
        DriveBase drive = board.part(DriveBase.class);
        drive.velocity(0.3, 0);

        button.pull(true);
        await().atMost(PATIENCE).until(() -> board.emergencyStop().engaged());

        assertThat(braked()).isTrue();
        assertThatThrownBy(() -> drive.velocity(0.3, 0))
                .isInstanceOf(EmergencyStopEngagedException.class);
        assertThat(board.emergencyStop().release("test", "hoping"))
                .isInstanceOf(Release.Refused.class);
    }

    @Test
    void runsTheWatchdogUntilItIsClosed() throws IOException {
        boolean running = state().equals("active");

        hardware.close();

        assertThat(running).isTrue();
        assertThat(state()).isEqualTo("inactive");
    }

    private String state() throws IOException {
        Path folder = Path.of("/sys/class/watchdog").resolve(watchdog.getFileName());
        return Files.readString(folder.resolve("state")).strip();
    }

    @Test
    void closingRestsEverything() {
        board.part(Lamp.class).show(LampColor.RED);
        board.part(Gripper.class).grip();
        boolean lit = new SimulatedLine(24).value();

        hardware.close();

        assertThat(lit).isTrue();
        assertThat(new SimulatedLine(24).value()).isFalse();
        assertThat(leftForward.value()).isFalse();
        assertThat(leftBackward.value()).isFalse();
    }
}
