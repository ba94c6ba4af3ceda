package dev.outrider.hal.safety;

import dev.outrider.hal.Timebase;
import dev.outrider.hal.part.DriveBase;
import dev.outrider.hal.part.DriveLimits;
import dev.outrider.hal.part.EmergencyStopEngagedException;
import dev.outrider.hal.part.Gripper;
import dev.outrider.hal.part.Motor;
import dev.outrider.hal.part.Part;
import dev.outrider.hal.part.PartSheet;
import dev.outrider.hal.part.Pose;
import dev.outrider.hal.part.Relay;
import dev.outrider.hal.part.Servo;
import dev.outrider.hal.part.Stepper;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * Actuators under the emergency stop. A command goes through only while the stop is released, and
 * the stop is looked at again after the command: one that engaged in between may have rested the
 * part too early, so the part is rested once more. Whichever comes first, the part ends at rest.
 * What goes on moving by itself also has a lease, and moves only while told to again and again; its
 * speed or power may fall at once but grows no faster than its limits say.
 */
public final class Guarded {

    private Guarded() {}

    /** A drive base with a lease, whose speed grows no faster than its own limits say. */
    public static DriveBase drive(
            DriveBase drive, EmergencyStop stop, SafetyLoop loop, Duration lease) {
        return new Drive(drive, stop, loop, lease);
    }

    /**
     * A motor with a lease.
     *
     * @param most share of all power it may be given, above 0 and up to 1
     * @param sharesASecond how fast its power may grow
     */
    public static Motor motor(
            Motor motor,
            double most,
            double sharesASecond,
            EmergencyStop stop,
            SafetyLoop loop,
            Duration lease) {
        return new Power(motor, most, sharesASecond, stop, loop, lease);
    }

    /** A gripper. It needs no lease: its safe state is to stay as it is. */
    public static Gripper gripper(Gripper gripper, EmergencyStop stop) {
        return new Hand(gripper, stop);
    }

    /** A servo. It needs no lease: it stops by itself where it was sent. */
    public static Servo servo(Servo servo, EmergencyStop stop) {
        return new Angle(servo, stop);
    }

    /** A stepper. It needs no lease: it stops by itself where it was sent. */
    public static Stepper stepper(Stepper stepper, EmergencyStop stop) {
        return new Steps(stepper, stop);
    }

    /** A relay. It needs no lease: nothing about it moves. */
    public static Relay relay(Relay relay, EmergencyStop stop) {
        return new Switch(relay, stop);
    }

    /** What every guarded part does alike. */
    private abstract static class Guard<P extends Part> implements Part {

        final P part;
        private final EmergencyStop stop;

        Guard(P part, EmergencyStop stop) {
            this.part = part;
            this.stop = stop;
        }

        @Override
        public String name() {
            return part.name();
        }

        @Override
        public PartSheet sheet() {
            return part.sheet();
        }

        @Override
        public void rest() {
            part.rest();
        }

        void command(Supplier<String> attempted, Runnable command) {
            refuseIfEngaged(attempted);
            command.run();
            if (stop.engaged()) {
                rest();
                refuseIfEngaged(attempted);
            }
        }

        private void refuseIfEngaged(Supplier<String> attempted) {
            stop.engagement()
                    .ifPresent(engagement -> {
                        throw new EmergencyStopEngagedException(
                                name(), attempted.get(), engagement.toString());
                    });
        }
    }

    /** Lets a value fall towards zero at once, and grow only so fast. */
    private static final class Ramp {

        private final double aSecond;
        private final Timebase time;
        private final long windowNanos;
        private double last;
        private long changed;

        /**
         * @param window the time a value may have grown in at most since it was last told
         */
        Ramp(double aSecond, Timebase time, Duration window) {
            this.aSecond = aSecond;
            this.time = time;
            this.windowNanos = window.toNanos();
            this.changed = time.nanos() - windowNanos;
        }

        synchronized double next(double wanted) {
            long now = time.nanos();
            double growth = aSecond * Math.min(now - changed, windowNanos) / 1e9;
            last = Math.clamp(wanted, Math.min(0, last) - growth, Math.max(0, last) + growth);
            changed = now;
            return last;
        }

        synchronized void rest() {
            last = 0;
        }
    }

    private static final class Drive extends Guard<DriveBase> implements DriveBase {

        private final Lease lease;
        private final Ramp speed;
        private final Ramp rate;

        Drive(DriveBase drive, EmergencyStop stop, SafetyLoop loop, Duration length) {
            super(drive, stop);
            this.lease = loop.lease(this, length);
            DriveLimits limits = drive.limits();
            this.speed = new Ramp(limits.metersPerSecondSquared(), lease.time(), length);
            this.rate = new Ramp(limits.degreesPerSecondSquared(), lease.time(), length);
            stop.protect(this);
        }

        @Override
        public void velocity(double metersPerSecond, double degreesPerSecond) {
            command(
                    () ->
                            String.format(
                                    Locale.ROOT,
                                    "%.2f m/s, %.1f °/s",
                                    metersPerSecond,
                                    degreesPerSecond),
                    () -> {
                        lease.refresh();
                        part.velocity(
                                ramped(speed, metersPerSecond), ramped(rate, degreesPerSecond));
                    });
        }

        /** What is no number is left to the drive to refuse. */
        private static double ramped(Ramp ramp, double wanted) {
            return Double.isFinite(wanted) ? ramp.next(wanted) : wanted;
        }

        @Override
        public Pose pose() {
            return part.pose();
        }

        @Override
        public DriveLimits limits() {
            return part.limits();
        }

        @Override
        public void rest() {
            speed.rest();
            rate.rest();
            part.rest();
        }
    }

    private static final class Power extends Guard<Motor> implements Motor {

        private final double most;
        private final Lease lease;
        private final Ramp ramp;

        Power(
                Motor motor,
                double most,
                double sharesASecond,
                EmergencyStop stop,
                SafetyLoop loop,
                Duration length) {
            super(motor, stop);
            if (!(most > 0 && most <= 1) || !(sharesASecond > 0)) {
                throw new IllegalArgumentException(
                        "a motor's limit lies within 0..1, and its power grows, not %s and %s"
                                .formatted(most, sharesASecond));
            }
            this.most = most;
            this.lease = loop.lease(this, length);
            this.ramp = new Ramp(sharesASecond, lease.time(), length);
            stop.protect(this);
        }

        @Override
        public void power(double share) {
            if (!(Math.abs(share) <= most)) {
                throw new IllegalArgumentException(
                        "%s may have power within %s..%s, not %s"
                                .formatted(name(), -most, most, share));
            }
            command(
                    () -> "power " + share,
                    () -> {
                        lease.refresh();
                        part.power(ramp.next(share));
                    });
        }

        @Override
        public PartSheet sheet() {
            return PartSheet.actuator(
                    "motor",
                    part.sheet().safeState(),
                    PartSheet.commanded("power", "share", -most, most));
        }

        @Override
        public void rest() {
            ramp.rest();
            part.rest();
        }
    }

    private static final class Hand extends Guard<Gripper> implements Gripper {

        Hand(Gripper gripper, EmergencyStop stop) {
            super(gripper, stop);
            stop.protect(this);
        }

        @Override
        public void grip() {
            command(() -> "grip", part::grip);
        }

        @Override
        public void release() {
            command(() -> "release", part::release);
        }

        @Override
        public boolean closed() {
            return part.closed();
        }
    }

    private static final class Angle extends Guard<Servo> implements Servo {

        Angle(Servo servo, EmergencyStop stop) {
            super(servo, stop);
            stop.protect(this);
        }

        @Override
        public void turnTo(double degrees) {
            command(() -> "turn to %s°".formatted(degrees), () -> part.turnTo(degrees));
        }

        @Override
        public OptionalDouble degrees() {
            return part.degrees();
        }
    }

    private static final class Steps extends Guard<Stepper> implements Stepper {

        Steps(Stepper stepper, EmergencyStop stop) {
            super(stepper, stop);
            stop.protect(this);
        }

        @Override
        public void turnTo(double degrees) {
            command(() -> "turn to %s°".formatted(degrees), () -> part.turnTo(degrees));
        }

        @Override
        public double degrees() {
            return part.degrees();
        }

        @Override
        public boolean moving() {
            return part.moving();
        }
    }

    private static final class Switch extends Guard<Relay> implements Relay {

        Switch(Relay relay, EmergencyStop stop) {
            super(relay, stop);
            stop.protect(this);
        }

        @Override
        public void set(boolean on) {
            command(() -> on ? "switch on" : "switch off", () -> part.set(on));
        }

        @Override
        public boolean on() {
            return part.on();
        }
    }
}
