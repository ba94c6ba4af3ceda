package dev.outrider.hal.motion;

/**
 * A trapezoidal speed profile in closed loop: speeds up by a fixed rate, holds the highest speed,
 * and from the distance still to go brakes along v = sqrt(2 a s), the speed from which deceleration
 * a stops within s. It plans with nine tenths of a, so that one late control period does not
 * overshoot.
 */
final class SpeedProfile {

    private static final double BRAKING_SHARE = 0.9;

    private final double highest;
    private final double acceleration;
    private final double creep;
    private double speed;

    /**
     * @param highest highest speed
     * @param acceleration change of speed in a second
     * @param creep slowest speed worth asking for, so that the goal is reached and not just neared
     */
    SpeedProfile(double highest, double acceleration, double creep) {
        this.highest = highest;
        this.acceleration = acceleration;
        this.creep = creep;
    }

    /** The signed speed to ask for with so much left to go, and room to brake in. */
    double next(double remaining, double room, double seconds) {
        double distance = Math.abs(remaining);
        double wanted = Math.min(highest, stoppingFrom(Math.min(distance, room)));
        double before = Math.max(0, speed * Math.signum(remaining));
        double reachable = before + acceleration * seconds;
        double magnitude = Math.max(Math.min(wanted, reachable), creep);
        speed = Math.copySign(magnitude, remaining);
        return speed;
    }

    private double stoppingFrom(double distance) {
        return Math.sqrt(2 * BRAKING_SHARE * acceleration * Math.max(0, distance));
    }

    /** The time the whole way should take, in seconds. */
    static double seconds(double distance, double highest, double acceleration) {
        double ramp = highest * highest / acceleration;
        return distance >= ramp
                ? distance / highest + highest / acceleration
                : 2 * Math.sqrt(distance / acceleration);
    }
}
