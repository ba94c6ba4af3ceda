package dev.outrider.hal.motion;

import dev.outrider.hal.part.Pose;

/**
 * Kinematics of two driven wheels on one axle.
 *
 * @param trackMeters distance between the wheels
 */
public record DifferentialDrive(double trackMeters) {

    /** Speeds of the wheels' rims along the ground, metres per second. */
    public record Wheels(double left, double right) {

        public static final Wheels STILL = new Wheels(0, 0);

        public double speed() {
            return (left + right) / 2;
        }

        /** These speeds moved towards the wanted ones, each by at most the given change. */
        public Wheels towards(Wheels wanted, double change) {
            return new Wheels(
                    left + Math.clamp(wanted.left - left, -change, change),
                    right + Math.clamp(wanted.right - right, -change, change));
        }
    }

    private static final double STRAIGHT_RADIANS = 1e-9;

    public DifferentialDrive {
        if (!(trackMeters > 0)) {
            throw new IllegalArgumentException("the wheels must be apart, not " + trackMeters);
        }
    }

    /** The wheel speeds that make the given speed and turning rate: v ∓ ω b/2. */
    public Wheels wheels(double metersPerSecond, double degreesPerSecond) {
        double half = Math.toRadians(degreesPerSecond) * trackMeters / 2;
        return new Wheels(metersPerSecond - half, metersPerSecond + half);
    }

    public double radiansPerSecond(Wheels wheels) {
        return (wheels.right() - wheels.left()) / trackMeters;
    }

    /**
     * Where constant wheel speeds take the pose in the given time: exactly, along an arc about the
     * instantaneous centre of curvature at distance R = v/ω to the left, so that x grows by R
     * (sin(θ + ωt) − sin θ) and y by R (cos θ − cos(θ + ωt)) (Dudek and Jenkin, "Computational
     * Principles of Mobile Robotics", section 3.1.5).
     */
    public Pose move(Pose pose, Wheels wheels, double seconds) {
        double theta = Math.toRadians(pose.heading());
        double turned = radiansPerSecond(wheels) * seconds;
        double length = wheels.speed() * seconds;
        if (Math.abs(turned) < STRAIGHT_RADIANS) {
            return new Pose(
                    pose.x() + length * Math.cos(theta),
                    pose.y() + length * Math.sin(theta),
                    pose.heading() + Math.toDegrees(turned));
        }
        double radius = length / turned;
        return new Pose(
                pose.x() + radius * (Math.sin(theta + turned) - Math.sin(theta)),
                pose.y() + radius * (Math.cos(theta) - Math.cos(theta + turned)),
                pose.heading() + Math.toDegrees(turned));
    }
}
