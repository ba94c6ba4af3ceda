package dev.outrider.hal.sim;

import dev.outrider.hal.Timebase;
import dev.outrider.hal.board.Board;
import dev.outrider.hal.board.BoardProfile;
import dev.outrider.hal.board.PartProfile;
import dev.outrider.hal.map.FloorPlan;
import dev.outrider.hal.map.FloorPlanFile;
import dev.outrider.hal.map.GridPlanner;
import dev.outrider.hal.part.Part;
import dev.outrider.hal.safety.EmergencyStop;
import dev.outrider.hal.safety.Guarded;
import dev.outrider.hal.safety.Lease;
import dev.outrider.hal.safety.SafetyLoop;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * A laptop as a robot: a board whose parts live in a simulated world, and the handles on that
 * world. Closing it closes the board.
 *
 * @param board what a program works with; unless a profile says otherwise its parts are {@code
 *     drive}, {@code front}, {@code battery}, {@code gripper}, {@code lamp} and {@code speaker}
 * @param robot the simulated robot, to look at and put things in its way
 * @param button the red button
 * @param speaker what was said
 */
public record Simulation(
        Board board,
        SimulatedRobot robot,
        SimulatedParts.Button button,
        SimulatedParts.Voice speaker)
        implements AutoCloseable {

    private static final String NAME = "simulated";
    private static final double PLANNING_MARGIN_METERS = 0.07;
    private static final double USUAL_TICKS_PER_METER = 7000;

    /** What the parts of a simulation share. */
    private record World(
            SimulatedRobot robot, EmergencyStop stop, SafetyLoop loop, Timebase time) {}

    /**
     * The small robot on the dock of the built-in flat, with its safety loop running.
     *
     * @param latch the emergency stop's latch file, in an existing folder
     * @param time the wall clock, or a faster one
     */
    public static Simulation open(Path latch, Timebase time) {
        Simulation simulation = assemble(NAME, List.of(), latch, time, Chassis.SMALL, flat());
        simulation.board.safetyLoop().start();
        return simulation;
    }

    /**
     * The same under time stepped by hand: safety is checked at every step, on the stepping thread.
     */
    public static Simulation open(Path latch, SteppedTime time, Chassis chassis, FloorPlan plan) {
        Simulation simulation = assemble(NAME, List.of(), latch, time, chassis, plan);
        time.onStep(simulation.board.safetyLoop()::check);
        return simulation;
    }

    /**
     * A board whose every part is its twin, on a robot with the profile's measures, with its safety
     * loop running. It also has a speaker.
     */
    public static Simulation open(BoardProfile profile, FloorPlan plan, Path latch, Timebase time) {
        Chassis chassis =
                Chassis.SMALL.like(
                        profile.radiusMeters(), profile.clearanceMeters(), profile.limits());
        Simulation simulation =
                assemble(profile.name(), profile.parts(), latch, time, chassis, plan);
        simulation.board.safetyLoop().start();
        return simulation;
    }

    private static FloorPlan flat() {
        return FloorPlanFile.flat();
    }

    /**
     * @param profiles the parts; none for those a simulation has by itself
     */
    private static Simulation assemble(
            String name,
            List<PartProfile> profiles,
            Path latch,
            Timebase time,
            Chassis chassis,
            FloorPlan plan) {
        var robot = new SimulatedRobot(chassis, plan, time);
        var button = new SimulatedParts.Button();
        var speaker = new SimulatedParts.Voice("speaker");
        var stop = EmergencyStop.open(latch, button, Clock.systemUTC());
        var loop = new SafetyLoop(stop, time);
        var world = new World(robot, stop, loop, time);
        List<Part> parts =
                profiles.isEmpty()
                        ? usual(world)
                        : new ArrayList<>(
                                profiles.stream().map(profile -> twin(profile, world)).toList());
        parts.add(speaker);
        double reach = chassis.radiusMeters() + chassis.clearanceMeters() + PLANNING_MARGIN_METERS;
        var surroundings =
                new Board.Surroundings(
                        plan.places(), new GridPlanner(plan, reach), chassis.clearanceMeters());
        var board = new Board(name, parts, surroundings, stop, loop, time);
        return new Simulation(board, robot, button, speaker);
    }

    private static List<Part> usual(World world) {
        SimulatedRobot robot = world.robot;
        return new ArrayList<>(
                List.of(
                        drive("drive", world),
                        new SimulatedParts.Range(
                                "front", robot, robot.chassis().sensorReachMeters()),
                        new SimulatedParts.Battery("battery", robot),
                        Guarded.gripper(new SimulatedParts.Hand("gripper"), world.stop),
                        new SimulatedParts.Light("lamp")));
    }

    private static Part drive(String name, World world) {
        return Guarded.drive(
                new SimulatedParts.Drive(name, world.robot), world.stop, world.loop, Lease.DEFAULT);
    }

    /** The twin of a part, guarded as the part would be. */
    private static Part twin(PartProfile profile, World world) {
        String name = profile.name();
        SimulatedRobot robot = world.robot;
        return switch (profile.wiring()) {
            case PartProfile.Drive drive -> drive(name, world);
            case PartProfile.Motor motor ->
                    Guarded.motor(
                            new SimulatedParts.Power(name, motor.rest().safeState()),
                            motor.most(),
                            motor.sharesASecond(),
                            world.stop,
                            world.loop,
                            Lease.DEFAULT);
            case PartProfile.Servo servo ->
                    Guarded.servo(
                            new SimulatedParts.Angle(
                                    name,
                                    servo.travel().leastDegrees(),
                                    servo.travel().mostDegrees(),
                                    servo.holds()),
                            world.stop);
            case PartProfile.Stepper stepper ->
                    Guarded.stepper(
                            new SimulatedParts.Steps(
                                    name,
                                    stepper.travel().leastDegrees(),
                                    stepper.travel().mostDegrees(),
                                    stepper.travel().degreesPerSecond(),
                                    stepper.holds(),
                                    world.time),
                            world.stop);
            case PartProfile.Gripper gripper ->
                    Guarded.gripper(new SimulatedParts.Hand(name), world.stop);
            case PartProfile.Relay relay ->
                    Guarded.relay(new SimulatedParts.Switch(name, relay.safeOn()), world.stop);
            case PartProfile.Lamp lamp -> new SimulatedParts.Light(name);
            case PartProfile.Quadrature encoder ->
                    new SimulatedParts.Odometer(name, robot, USUAL_TICKS_PER_METER);
            case PartProfile.Bumper bumper -> new SimulatedParts.Touch(name, robot);
            case PartProfile.HcSr04 sonar ->
                    new SimulatedParts.Range(name, robot, sonar.reachMeters());
            case PartProfile.Vl53l0x laser ->
                    new SimulatedParts.Range(name, robot, laser.reachMeters());
            case PartProfile.TfMini laser ->
                    new SimulatedParts.Range(name, robot, laser.reachMeters());
            case PartProfile.Mpu6050 imu -> new SimulatedParts.Motion(name, robot);
            case PartProfile.Bme280 air -> new SimulatedParts.Weather(name);
            case PartProfile.Battery battery -> new SimulatedParts.Battery(name, robot);
        };
    }

    @Override
    public void close() {
        board.close();
    }
}
