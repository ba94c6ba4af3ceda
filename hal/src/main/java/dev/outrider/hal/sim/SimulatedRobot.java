package dev.outrider.hal.sim;

import dev.outrider.hal.Timebase;
import dev.outrider.hal.map.Box;
import dev.outrider.hal.map.FloorPlan;
import dev.outrider.hal.map.Place;
import dev.outrider.hal.motion.DifferentialDrive;
import dev.outrider.hal.motion.DifferentialDrive.Wheels;
import dev.outrider.hal.part.Point;
import dev.outrider.hal.part.Pose;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The simulated robot and its world. It has no thread: whoever looks or commands brings the world
 * up to the present first, in steps of 5 ms of constant wheel speed. Hitting something stops the
 * wheels where the robot still fits; braking holds them at once.
 */
public final class SimulatedRobot {

    private static final long STEP_NANOS = 5_000_000;
    private static final double STEP_SECONDS = STEP_NANOS / 1e9;
    private static final double DOCKED_METERS = 0.1;
    private static final int BEAMS_EACH_SIDE = 4;

    private final Chassis chassis;
    private final Timebase time;
    private final DifferentialDrive wheelbase;
    private FloorPlan plan;
    private Pose pose = Pose.ORIGIN;
    private Wheels wheels = Wheels.STILL;
    private Wheels wanted = Wheels.STILL;
    private double charge;
    private double rolled;
    private double acceleration;
    private boolean collided;
    private long now;

    /** A robot at the origin, looking along x. */
    public SimulatedRobot(Chassis chassis, FloorPlan plan, Timebase time) {
        this.chassis = chassis;
        this.plan = plan;
        this.time = time;
        this.wheelbase = new DifferentialDrive(chassis.trackMeters());
        this.charge = chassis.battery().charge();
        this.now = time.nanos();
        if (plan.clearance(pose.point()) < chassis.radiusMeters()) {
            throw new IllegalArgumentException("the robot does not fit at the plan's origin");
        }
    }

    public Chassis chassis() {
        return chassis;
    }

    synchronized void velocity(double metersPerSecond, double degreesPerSecond) {
        catchUp();
        wanted =
                wheelbase.wheels(
                        chassis.limits().clampSpeed(metersPerSecond),
                        chassis.limits().clampRate(degreesPerSecond));
    }

    synchronized void brake() {
        catchUp();
        wanted = Wheels.STILL;
        wheels = Wheels.STILL;
    }

    /** Where it really is. */
    public synchronized Pose pose() {
        catchUp();
        return pose;
    }

    /** Whether it stands still. */
    public synchronized boolean still() {
        catchUp();
        return wheels.equals(Wheels.STILL);
    }

    /** Whether it has run into something since it was last asked. */
    public synchronized boolean collided() {
        catchUp();
        boolean answer = collided;
        collided = false;
        return answer;
    }

    /** Puts something in the world that nobody told the map about. */
    public synchronized void obstruct(Box box) {
        catchUp();
        plan = plan.with(box);
    }

    synchronized double charge() {
        catchUp();
        return charge;
    }

    /** Metres rolled forward less those rolled backward. */
    synchronized double rolled() {
        catchUp();
        return rolled;
    }

    /** Change of speed along the heading in the last step, metres per second squared. */
    synchronized double acceleration() {
        catchUp();
        return acceleration;
    }

    /** Degrees per second to the left. */
    synchronized double turningRate() {
        catchUp();
        return Math.toDegrees(wheelbase.radiansPerSecond(wheels));
    }

    synchronized boolean docked() {
        catchUp();
        return atDock();
    }

    /**
     * What a row of parallel beams across the hull sees ahead: how far the robot could go until it
     * touches something, but for things thinner than the beams are apart (4.5 cm).
     */
    synchronized OptionalDouble ahead() {
        catchUp();
        return IntStream.rangeClosed(-BEAMS_EACH_SIDE, BEAMS_EACH_SIDE)
                .mapToObj(beam -> beam(chassis.radiusMeters() * beam / BEAMS_EACH_SIDE))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .filter(meters -> meters <= chassis.sensorReachMeters())
                .min();
    }

    private OptionalDouble beam(double left) {
        double radius = chassis.radiusMeters();
        double front = Math.sqrt(Math.max(0, radius * radius - left * left));
        Point sensor = pose.point().moved(left, pose.heading() + 90).moved(front, pose.heading());
        return plan.ray(sensor, pose.heading());
    }

    private void catchUp() {
        long present = time.nanos();
        while (present - now >= STEP_NANOS) {
            now += STEP_NANOS;
            step();
        }
    }

    private void step() {
        if (charge == 0) {
            wanted = Wheels.STILL;
        }
        double before = wheels.speed();
        wheels = wheels.towards(wanted, chassis.wheelAcceleration() * STEP_SECONDS);
        if (!wheels.equals(Wheels.STILL)) {
            advance(wheelbase.move(pose, wheels, STEP_SECONDS));
        }
        acceleration = (wheels.speed() - before) / STEP_SECONDS;
        rolled += wheels.speed() * STEP_SECONDS;
        charge =
                Math.clamp(
                        charge + watts() * STEP_SECONDS / 3600 / chassis.battery().wattHours(),
                        0,
                        1);
    }

    private void advance(Pose next) {
        if (plan.clearance(next.point()) >= chassis.radiusMeters()) {
            pose = next;
        } else {
            collided = true;
            wheels = Wheels.STILL;
        }
    }

    private double watts() {
        var battery = chassis.battery();
        double faster = Math.max(Math.abs(wheels.left()), Math.abs(wheels.right()));
        double used = battery.idleWatts() + battery.drivingWatts() * faster;
        return (atDock() ? battery.chargingWatts() : 0) - used;
    }

    private boolean atDock() {
        return plan.place(FloorPlan.DOCK)
                .map(Place::pose)
                .filter(dock -> dock.point().distanceTo(pose.point()) <= DOCKED_METERS)
                .isPresent();
    }
}
