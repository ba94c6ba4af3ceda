package dev.outrider.hal.device;

import dev.outrider.hal.Timebase;
import dev.outrider.hal.motion.DifferentialDrive;
import dev.outrider.hal.motion.DifferentialDrive.Wheels;
import dev.outrider.hal.part.DriveBase;
import dev.outrider.hal.part.DriveLimits;
import dev.outrider.hal.part.Pose;

/**
 * A differential drive of two motors with encoders: holds the wheels' speeds and keeps odometry,
 * both in {@link #step()}, which somebody must call every few milliseconds. At rest the motors get
 * no power and nothing is held until the next velocity.
 */
public final class WheelDrive implements DriveBase {

    private final String name;
    private final WheelControl left;
    private final WheelControl right;
    private final DifferentialDrive geometry;
    private final DriveLimits limits;
    private final Timebase time;
    private Pose pose = Pose.ORIGIN;
    private Wheels wanted = Wheels.STILL;
    private boolean resting = true;
    private long last;

    public WheelDrive(
            String name,
            Wheel left,
            Wheel right,
            DifferentialDrive geometry,
            DriveLimits limits,
            Timebase time) {
        this.name = name;
        this.left = new WheelControl(left);
        this.right = new WheelControl(right);
        this.geometry = geometry;
        this.limits = limits;
        this.time = time;
        this.last = time.nanos();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized void velocity(double metersPerSecond, double degreesPerSecond) {
        if (!Double.isFinite(metersPerSecond) || !Double.isFinite(degreesPerSecond)) {
            throw new IllegalArgumentException(
                    "a velocity must be finite, not %s m/s, %s °/s"
                            .formatted(metersPerSecond, degreesPerSecond));
        }
        wanted =
                geometry.wheels(
                        limits.clampSpeed(metersPerSecond), limits.clampRate(degreesPerSecond));
        resting = false;
    }

    /** Reads the encoders, moves the pose on, and sets the motors' power. */
    public synchronized void step() {
        long now = time.nanos();
        double seconds = (now - last) / 1e9;
        if (seconds <= 0) {
            return;
        }
        last = now;
        double rolledLeft = left.rolled();
        double rolledRight = right.rolled();
        pose = geometry.move(pose, new Wheels(rolledLeft, rolledRight), 1);
        if (!resting) {
            left.hold(wanted.left(), rolledLeft, seconds);
            right.hold(wanted.right(), rolledRight, seconds);
        }
    }

    @Override
    public synchronized Pose pose() {
        return pose;
    }

    @Override
    public DriveLimits limits() {
        return limits;
    }

    @Override
    public synchronized void rest() {
        resting = true;
        wanted = Wheels.STILL;
        try {
            left.rest();
        } finally {
            right.rest();
        }
    }
}
