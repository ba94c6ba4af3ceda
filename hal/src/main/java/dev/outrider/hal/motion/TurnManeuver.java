package dev.outrider.hal.motion;

import dev.outrider.hal.part.DriveLimits;
import dev.outrider.hal.part.Pose;
import java.time.Duration;

/** Turns in place by an angle that may be more than a full turn; left is positive. */
final class TurnManeuver implements Maneuver {

    private static final double TOLERANCE_DEGREES = 0.2;
    private static final double ARRIVED_DEGREES = 0.5;
    private static final double CREEP_DEGREES_PER_SECOND = 3;

    private final double angle;
    private final DriveLimits limits;
    private final SpeedProfile profile;
    private double heading;
    private double turned;
    private double furthest;

    TurnManeuver(Pose from, double degrees, DriveLimits limits) {
        this.angle = degrees;
        this.limits = limits;
        this.profile =
                new SpeedProfile(
                        limits.degreesPerSecond(),
                        limits.degreesPerSecondSquared(),
                        CREEP_DEGREES_PER_SECOND);
        this.heading = from.heading();
    }

    @Override
    public void observe(Pose pose) {
        turned += Pose.turn(heading, pose.heading());
        heading = pose.heading();
        furthest = Math.max(furthest, turned * Math.signum(angle));
    }

    @Override
    public boolean done() {
        return Math.abs(angle - turned) <= TOLERANCE_DEGREES;
    }

    @Override
    public boolean arrived() {
        return Math.abs(angle - turned) <= ARRIVED_DEGREES;
    }

    @Override
    public double fraction() {
        return angle == 0 ? 1 : Math.clamp(furthest / Math.abs(angle), 0, 1);
    }

    @Override
    public boolean forward() {
        return false;
    }

    @Override
    public Twist next(double room, double seconds) {
        return new Twist(0, profile.next(angle - turned, Double.MAX_VALUE, seconds));
    }

    @Override
    public Duration expected() {
        double seconds =
                SpeedProfile.seconds(
                        Math.abs(angle),
                        limits.degreesPerSecond(),
                        limits.degreesPerSecondSquared());
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
