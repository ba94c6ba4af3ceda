package dev.outrider.hal.sim;

import dev.outrider.hal.Timebase;
import dev.outrider.hal.board.Board;
import dev.outrider.hal.board.BoardSurroundings;
import dev.outrider.hal.map.FloorPlan;
import dev.outrider.hal.map.FloorPlanFile;
import dev.outrider.hal.map.GridPlanner;
import dev.outrider.hal.part.Part;
import dev.outrider.hal.safety.EmergencyStop;
import dev.outrider.hal.safety.GuardedDriveBase;
import dev.outrider.hal.safety.GuardedGripper;
import dev.outrider.hal.safety.Lease;
import dev.outrider.hal.safety.SafetyLoop;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * A laptop as a robot: a board whose parts live in a simulated world, and the handles on that
 * world. Closing it closes the board.
 *
 * @param board what a program works with; its parts are {@code drive}, {@code front}, {@code
 *     battery}, {@code gripper}, {@code lamp} and {@code speaker}
 * @param robot the simulated robot, to look at and put things in its way
 * @param button the red button
 * @param speaker what was said
 */
public record Simulation(
        Board board, SimulatedRobot robot, SimulatedEmergencyInput button, SimulatedSpeaker speaker)
        implements AutoCloseable {

    private static final String NAME = "simulated";
    private static final double PLANNING_MARGIN_METERS = 0.07;

    /**
     * The small robot on the dock of the built-in flat, with its safety loop running.
     *
     * @param latch the emergency stop's latch file, in an existing folder
     * @param time the wall clock, or a faster one
     */
    public static Simulation open(Path latch, Timebase time) {
        Simulation simulation = assemble(latch, time, Chassis.SMALL, FloorPlanFile.flat());
        simulation.board.safetyLoop().start();
        return simulation;
    }

    /**
     * The same under time stepped by hand: safety is checked at every step, on the stepping thread.
     */
    public static Simulation open(Path latch, SteppedTime time, Chassis chassis, FloorPlan plan) {
        Simulation simulation = assemble(latch, time, chassis, plan);
        time.onStep(simulation.board.safetyLoop()::check);
        return simulation;
    }

    private static Simulation assemble(Path latch, Timebase time, Chassis chassis, FloorPlan plan) {
        var robot = new SimulatedRobot(chassis, plan, time);
        var button = new SimulatedEmergencyInput();
        var speaker = new SimulatedSpeaker("speaker");
        var stop = EmergencyStop.open(latch, button, Clock.systemUTC());
        var loop = new SafetyLoop(stop, time);
        List<Part> parts =
                List.of(
                        new GuardedDriveBase(
                                new SimulatedDrive("drive", robot), stop, loop, Lease.DEFAULT),
                        new SimulatedRange("front", robot),
                        new SimulatedBattery("battery", robot),
                        new GuardedGripper(new SimulatedGripper("gripper"), stop),
                        new SimulatedLamp("lamp"),
                        speaker);
        double reach = chassis.radiusMeters() + chassis.clearanceMeters() + PLANNING_MARGIN_METERS;
        var surroundings =
                new BoardSurroundings(
                        plan.places(), new GridPlanner(plan, reach), chassis.clearanceMeters());
        var board = new Board(NAME, parts, surroundings, stop, loop, time);
        return new Simulation(board, robot, button, speaker);
    }

    @Override
    public void close() {
        board.close();
    }
}
