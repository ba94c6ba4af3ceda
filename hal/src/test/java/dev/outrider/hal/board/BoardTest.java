package dev.outrider.hal.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.hal.Timebase;
import dev.outrider.hal.map.FloorPlanFile;
import dev.outrider.hal.motion.MotionResult;
import dev.outrider.hal.motion.MotionWatch;
import dev.outrider.hal.part.DriveBase;
import dev.outrider.hal.part.Gripper;
import dev.outrider.hal.part.Lamp;
import dev.outrider.hal.part.LampColor;
import dev.outrider.hal.part.Part;
import dev.outrider.hal.part.PartException;
import dev.outrider.hal.part.PartSheet;
import dev.outrider.hal.part.RangeSensor;
import dev.outrider.hal.part.Speaker;
import dev.outrider.hal.sim.Chassis;
import dev.outrider.hal.sim.Simulation;
import dev.outrider.hal.sim.SteppedTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoardTest {

    @TempDir Path folder;

    private final SteppedTime time = new SteppedTime();

    private Simulation simulation() {
        return Simulation.open(folder.resolve("estop"), time, Chassis.SMALL, FloorPlanFile.flat());
    }

    @Test
    void findsPartsByKindAndName() {
        Board board = simulation().board();

        assertThat(board.part(DriveBase.class).name()).isEqualTo("drive");
        assertThat(board.part("front", RangeSensor.class).name()).isEqualTo("front");
        assertThat(board.parts()).extracting(Part::name).doesNotHaveDuplicates().hasSize(6);
    }

    @Test
    void saysWhatItHasWhenAskedForWhatItHasNot() {
        Board board = simulation().board();

        assertThatThrownBy(() -> board.part("arm", Gripper.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no Gripper called arm")
                .hasMessageContaining("gripper");
        assertThatThrownBy(() -> board.part("front", Gripper.class))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void puttingItAwayRestsEverything() {
        Simulation simulation = simulation();
        Board board = simulation.board();
        board.part(DriveBase.class).velocity(0.5, 0);
        time.advance(Duration.ofMillis(100));
        board.part(Lamp.class).show(LampColor.RED);

        simulation.close();

        assertThat(simulation.robot().still()).isTrue();
        assertThat(board.part(Lamp.class).color()).isEqualTo(LampColor.OFF);
    }

    @Test
    void restsTheOthersWhenAPartFailsOnTheWayOut() {
        Simulation simulation = simulation();
        Part broken =
                new Part() {
                    @Override
                    public String name() {
                        return "broken";
                    }

                    @Override
                    public PartSheet sheet() {
                        return PartSheet.sensor("fuse", PartSheet.measured("blown", "share", 0, 1));
                    }

                    @Override
                    public void rest() {
                        throw new PartException(name(), "rest", "unplugged");
                    }
                };
        Lamp lamp = simulation.board().part(Lamp.class);
        var board =
                new Board(
                        "mixed",
                        List.of(broken, lamp),
                        new Board.Surroundings(List.of(), (from, to) -> Optional.empty(), 0),
                        simulation.board().emergencyStop(),
                        simulation.board().safetyLoop(),
                        time);
        lamp.show(LampColor.RED);

        assertThatThrownBy(board::close).isInstanceOf(PartException.class);

        assertThat(lamp.color()).isEqualTo(LampColor.OFF);
    }

    @Test
    void refusesTwoPartsOfOneName() {
        Simulation simulation = simulation();
        Lamp lamp = simulation.board().part(Lamp.class);

        assertThatThrownBy(() ->
                        new Board(
                                "twins",
                                List.of(lamp, lamp),
                                new Board.Surroundings(
                                        List.of(), (from, to) -> Optional.empty(), 0),
                                simulation.board().emergencyStop(),
                                simulation.board().safetyLoop(),
                                time))
                .hasMessageContaining("two parts are called lamp");
    }

    @Test
    void lampAndSpeakerStillWorkUnderTheEmergencyStop() {
        Simulation simulation = simulation();
        simulation.board().emergencyStop().engage("ana", "smoke");

        simulation.board().part(Lamp.class).show(LampColor.RED);
        simulation.board().part(Speaker.class).say("stopped");

        assertThat(simulation.board().part(Lamp.class).color()).isEqualTo(LampColor.RED);
        assertThat(simulation.speaker().said()).containsExactly("stopped");
    }

    @Test
    void drivesOnTheWallClockWithItsOwnSafetyThread() {
        try (Simulation simulation = Simulation.open(folder.resolve("estop"), Timebase.wall())) {
            MotionResult result = simulation.board().pilot().drive(0.3, MotionWatch.none());

            assertThat(result).isInstanceOf(MotionResult.Completed.class);
            assertThat(simulation.robot().pose().x()).isBetween(0.29, 0.31);
        }
    }
}
