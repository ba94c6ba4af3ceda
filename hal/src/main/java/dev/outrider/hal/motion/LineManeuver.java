package dev.outrider.hal.motion;

import dev.outrider.hal.part.DriveLimits;
import dev.outrider.hal.part.Point;
import dev.outrider.hal.part.Pose;
import java.time.Duration;

/**
 * Drives along a straight line, ahead or astern, and steers back onto it: the heading aimed for
 * leans towards the line by the angle whose tangent is the offset over a look-ahead distance, as in
 * pure pursuit (Coulter, "Implementation of the Pure Pursuit Path Tracking Algorithm",
 * CMU-RI-TR-92-01).
 */
final class LineManeuver implements Maneuver {

    private static final double TOLERANCE_METERS = 0.002;
    private static final double ARRIVED_METERS = 0.005;
    private static final double CREEP_METERS_PER_SECOND = 0.02;
    private static final double LOOK_AHEAD_METERS = 0.25;
    private static final double STEERING_PER_SECOND = 4;
    private static final double STEERING_WITHIN_METERS = 0.02;

    private final Point from;
    private final double heading;
    private final double length;
    private final double direction;
    private final DriveLimits limits;
    private final SpeedProfile profile;
    private Pose pose;
    private double furthest;

    /** From the pose, so many metres in its heading; behind it when negative. */
    LineManeuver(Pose from, double meters, DriveLimits limits) {
        this(from, from.heading(), meters, limits);
    }

    private LineManeuver(Pose from, double heading, double meters, DriveLimits limits) {
        this.from = from.point();
        this.heading = heading;
        this.length = Math.abs(meters);
        this.direction = Math.signum(meters);
        this.limits = limits;
        this.profile =
                new SpeedProfile(
                        limits.metersPerSecond(),
                        limits.metersPerSecondSquared(),
                        CREEP_METERS_PER_SECOND);
        this.pose = from;
    }

    /** From the pose ahead to a point, along the straight line between them. */
    static LineManeuver to(Point goal, Pose from, DriveLimits limits) {
        Point start = from.point();
        return new LineManeuver(from, start.bearingTo(goal), start.distanceTo(goal), limits);
    }

    @Override
    public void observe(Pose pose) {
        this.pose = pose;
        furthest = Math.max(furthest, length - remaining());
    }

    private double remaining() {
        return length - direction * along();
    }

    private double along() {
        double radians = Math.toRadians(heading);
        return (pose.x() - from.x()) * Math.cos(radians)
                + (pose.y() - from.y()) * Math.sin(radians);
    }

    private double leftOfLine() {
        double radians = Math.toRadians(heading);
        return (pose.y() - from.y()) * Math.cos(radians)
                - (pose.x() - from.x()) * Math.sin(radians);
    }

    @Override
    public boolean done() {
        return Math.abs(remaining()) <= TOLERANCE_METERS;
    }

    @Override
    public boolean arrived() {
        return Math.abs(remaining()) <= ARRIVED_METERS;
    }

    @Override
    public double fraction() {
        return length == 0 ? 1 : Math.clamp(furthest / length, 0, 1);
    }

    @Override
    public boolean forward() {
        return direction * Math.signum(remaining()) > 0;
    }

    @Override
    public Twist next(double room, double seconds) {
        double speed = direction * profile.next(remaining(), room, seconds);
        return new Twist(speed, steering(Math.signum(speed)));
    }

    private double steering(double way) {
        if (Math.abs(remaining()) < STEERING_WITHIN_METERS) {
            return 0;
        }
        double lean = Math.toDegrees(Math.atan2(leftOfLine(), LOOK_AHEAD_METERS));
        double wanted = heading - way * lean;
        return limits.clampRate(STEERING_PER_SECOND * Pose.turn(pose.heading(), wanted));
    }

    @Override
    public Duration expected() {
        double seconds =
                SpeedProfile.seconds(
                        length, limits.metersPerSecond(), limits.metersPerSecondSquared());
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
