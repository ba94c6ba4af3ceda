package dev.outrider.hal.device;

import dev.outrider.hal.Timebase;
import dev.outrider.hal.motion.DifferentialDrive;
import dev.outrider.hal.motion.DifferentialDrive.Wheels;
import dev.outrider.hal.part.DriveBase;
import dev.outrider.hal.part.DriveLimits;
import dev.outrider.hal.part.Encoder;
import dev.outrider.hal.part.Motor;
import dev.outrider.hal.part.PartSheet;
import dev.outrider.hal.part.Pose;

/**
 * A differential drive of two motors with encoders: holds the wheels' speeds and keeps odometry,
 * both in {@link #step()}, which somebody must call every few milliseconds. At rest the motors get
 * no power and nothing is held until the next velocity.
 */
public final class WheelDrive implements DriveBase {

    /**
     * A driven wheel.
     *
     * @param ticksPerMeter of its encoder, along the ground
     * @param highestMetersPerSecond its speed at full power, about
     */
    public record Wheel(
            Motor motor, Encoder encoder, double ticksPerMeter, double highestMetersPerSecond) {

        public Wheel {
            if (!(ticksPerMeter > 0) || !(highestMetersPerSecond > 0)) {
                throw new IllegalArgumentException("a wheel's measures must be above zero");
            }
        }

        /** Metres it has rolled forward. */
        double meters() {
            return encoder.ticks() / ticksPerMeter;
        }
    }

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
    public PartSheet sheet() {
        PartSheet usual = DriveBase.super.sheet();
        String motors = left.wheel.motor().sheet().safeState();
        return new PartSheet(usual.kind(), "stands still, " + motors, usual.quantities());
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

    /** One wheel's speed held: measures it from the encoder, smoothed over a few periods. */
    private static final class WheelControl {

        private static final double SMOOTHING_SECONDS = 0.03;

        private final Wheel wheel;
        private final SpeedControl control;
        private double meters;
        private double speed;

        WheelControl(Wheel wheel) {
            this.wheel = wheel;
            this.control = new SpeedControl(SpeedControl.Gains.of(wheel.highestMetersPerSecond()));
            this.meters = wheel.meters();
        }

        /** Metres rolled since the last call. */
        double rolled() {
            double now = wheel.meters();
            double rolled = now - meters;
            meters = now;
            return rolled;
        }

        void hold(double wanted, double rolled, double seconds) {
            double share = seconds / (SMOOTHING_SECONDS + seconds);
            speed += share * (rolled / seconds - speed);
            wheel.motor().power(control.next(wanted, speed, seconds));
        }

        void rest() {
            control.reset();
            speed = 0;
            wheel.motor().rest();
        }
    }

    /**
     * Holds a wheel's speed: feed-forward plus proportional-integral control, whose integral stands
     * still while the output is at its bound (clamping anti-windup; Åström and Murray, "Feedback
     * Systems", section 11.4).
     */
    static final class SpeedControl {

        /**
         * How strongly it acts, in shares of full power.
         *
         * @param feedForward for each metre per second wanted
         * @param proportional for each metre per second missing
         * @param integral for each metre per second missing, each second
         */
        record Gains(double feedForward, double proportional, double integral) {

            /** Fitting for a wheel that does the given speed at full power. */
            static Gains of(double highestMetersPerSecond) {
                return new Gains(
                        1 / highestMetersPerSecond,
                        1 / highestMetersPerSecond,
                        6 / highestMetersPerSecond);
            }
        }

        private final Gains gains;
        private double integral;

        SpeedControl(Gains gains) {
            this.gains = gains;
        }

        /**
         * The power, -1..1, for the speed wanted, the speed measured, and the time since the last
         * call.
         */
        double next(double wanted, double measured, double seconds) {
            double error = wanted - measured;
            double grown = integral + gains.integral() * error * seconds;
            double power = gains.feedForward() * wanted + gains.proportional() * error + grown;
            if (Math.abs(power) <= 1) {
                integral = grown;
            }
            return Math.clamp(power, -1, 1);
        }

        void reset() {
            integral = 0;
        }
    }
}
