package dev.outrider.hal.sim;

import dev.outrider.hal.Timebase;
import dev.outrider.hal.part.BatteryGauge;
import dev.outrider.hal.part.Bumper;
import dev.outrider.hal.part.DriveBase;
import dev.outrider.hal.part.DriveLimits;
import dev.outrider.hal.part.Encoder;
import dev.outrider.hal.part.EnvironmentSensor;
import dev.outrider.hal.part.Gripper;
import dev.outrider.hal.part.Imu;
import dev.outrider.hal.part.Lamp;
import dev.outrider.hal.part.LampColor;
import dev.outrider.hal.part.Motor;
import dev.outrider.hal.part.PartSheet;
import dev.outrider.hal.part.Pose;
import dev.outrider.hal.part.RangeSensor;
import dev.outrider.hal.part.Relay;
import dev.outrider.hal.part.Servo;
import dev.outrider.hal.part.Speaker;
import dev.outrider.hal.part.Stepper;
import dev.outrider.hal.safety.EmergencyInput;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentLinkedDeque;

/** The twins of the real parts, with the same units, limits and safe states. */
public final class SimulatedParts {

    private SimulatedParts() {}

    /** The simulated robot's wheels. Its odometry is exact. */
    record Drive(String name, SimulatedRobot robot) implements DriveBase {

        @Override
        public void velocity(double metersPerSecond, double degreesPerSecond) {
            if (!Double.isFinite(metersPerSecond) || !Double.isFinite(degreesPerSecond)) {
                throw new IllegalArgumentException(
                        "a velocity must be finite, not %s m/s, %s °/s"
                                .formatted(metersPerSecond, degreesPerSecond));
            }
            robot.velocity(metersPerSecond, degreesPerSecond);
        }

        @Override
        public Pose pose() {
            return robot.pose();
        }

        @Override
        public DriveLimits limits() {
            return robot.chassis().limits();
        }

        @Override
        public void rest() {
            robot.brake();
        }
    }

    /** Looks ahead of the simulated robot. */
    record Range(String name, SimulatedRobot robot, double reachMeters) implements RangeSensor {

        @Override
        public PartSheet sheet() {
            return PartSheet.sensor(
                    "range sensor", PartSheet.measured("distance", "m", 0, reachMeters));
        }

        @Override
        public OptionalDouble meters() {
            OptionalDouble ahead = robot.ahead();
            return ahead.isPresent() && ahead.getAsDouble() <= reachMeters
                    ? ahead
                    : OptionalDouble.empty();
        }
    }

    /** The simulated robot's battery. */
    record Battery(String name, SimulatedRobot robot) implements BatteryGauge {

        @Override
        public double charge() {
            return robot.charge();
        }

        @Override
        public boolean external() {
            return robot.docked();
        }
    }

    /** Feels the simulated robot's motion, without noise. */
    record Motion(String name, SimulatedRobot robot) implements Imu {

        private static final double MOST_ACCELERATION = 4 * GRAVITY;
        private static final double MOST_RATE = 500;

        @Override
        public PartSheet sheet() {
            return PartSheet.sensor(
                    "imu",
                    PartSheet.measured(
                            "acceleration", "m/s²", -MOST_ACCELERATION, MOST_ACCELERATION),
                    PartSheet.measured("rate", "°/s", -MOST_RATE, MOST_RATE));
        }

        @Override
        public Imu.Motion motion() {
            double ahead = Math.clamp(robot.acceleration(), -MOST_ACCELERATION, MOST_ACCELERATION);
            double rate = Math.clamp(robot.turningRate(), -MOST_RATE, MOST_RATE);
            return new Imu.Motion(new Axes(ahead, 0, GRAVITY), new Axes(0, 0, rate));
        }
    }

    /** Pressed while something is within a centimetre ahead of the simulated robot. */
    record Touch(String name, SimulatedRobot robot) implements Bumper {

        private static final double TOUCHING_METERS = 0.01;

        @Override
        public boolean pressed() {
            OptionalDouble ahead = robot.ahead();
            return ahead.isPresent() && ahead.getAsDouble() <= TOUCHING_METERS;
        }
    }

    /** Counts how far the simulated robot has rolled, forward less backward. */
    record Odometer(String name, SimulatedRobot robot, double ticksPerMeter) implements Encoder {

        @Override
        public long ticks() {
            return Math.round(robot.rolled() * ticksPerMeter);
        }
    }

    /** A hand that opens and closes at once. */
    static final class Hand implements Gripper {

        private final String name;
        private volatile boolean closed;

        Hand(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void grip() {
            closed = true;
        }

        @Override
        public void release() {
            closed = false;
        }

        @Override
        public boolean closed() {
            return closed;
        }

        @Override
        public void rest() {}
    }

    /** A lamp that remembers its colour. */
    static final class Light implements Lamp {

        private final String name;
        private volatile LampColor color = LampColor.OFF;

        Light(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void show(LampColor wanted) {
            color = wanted;
        }

        @Override
        public LampColor color() {
            return color;
        }
    }

    /** Keeps the last things it was told to say. */
    public static final class Voice implements Speaker {

        private static final int KEPT = 100;

        private final String name;
        private final ConcurrentLinkedDeque<String> said = new ConcurrentLinkedDeque<>();

        Voice(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void say(String text) {
            if (text.isBlank()) {
                throw new IllegalArgumentException("there is nothing to say in a blank text");
            }
            said.add(text);
            if (said.size() > KEPT) {
                said.poll();
            }
        }

        /** The last hundred texts, the latest last. */
        public List<String> said() {
            return List.copyOf(said);
        }

        @Override
        public void rest() {}
    }

    /** A red button one can press and unlock. */
    public static final class Button implements EmergencyInput {

        private volatile boolean pressed;

        /** Opens the circuit. */
        public void press() {
            pressed = true;
        }

        /** Closes it again, which by itself releases nothing. */
        public void unlock() {
            pressed = false;
        }

        @Override
        public boolean open() {
            return pressed;
        }
    }

    /** A motor that remembers its power. */
    static final class Power implements Motor {

        private final String name;
        private final String safeState;
        private volatile double share;

        Power(String name, String safeState) {
            this.name = name;
            this.safeState = safeState;
        }

        @Override
        public PartSheet sheet() {
            return PartSheet.actuator(
                    "motor", safeState, PartSheet.commanded("power", "share", -1, 1));
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void power(double wanted) {
            if (!(Math.abs(wanted) <= 1)) {
                throw new IllegalArgumentException(
                        "a motor's power lies within -1..1, not " + wanted);
            }
            share = wanted;
        }

        double drawn() {
            return share;
        }

        @Override
        public void rest() {
            share = 0;
        }
    }

    /** A servo that is at once where it is sent. */
    static final class Angle implements Servo {

        private final String name;
        private final PartSheet sheet;
        private final boolean holds;
        private volatile OptionalDouble degrees = OptionalDouble.empty();

        Angle(String name, double least, double most, boolean holds) {
            this.name = name;
            this.holds = holds;
            this.sheet =
                    PartSheet.actuator(
                            "servo",
                            holds ? "holds where it is" : "limp, without pulses",
                            PartSheet.commanded("angle", "°", least, most));
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public PartSheet sheet() {
            return sheet;
        }

        @Override
        public void turnTo(double wanted) {
            requireWithin(sheet, wanted);
            degrees = OptionalDouble.of(wanted);
        }

        @Override
        public OptionalDouble degrees() {
            return degrees;
        }

        @Override
        public void rest() {
            if (!holds) {
                degrees = OptionalDouble.empty();
            }
        }
    }

    private static void requireWithin(PartSheet sheet, double wanted) {
        PartSheet.Quantity angle = sheet.quantity("angle");
        if (!angle.holds(wanted)) {
            throw new IllegalArgumentException(
                    "a %s turns within %s..%s°, not to %s"
                            .formatted(sheet.kind(), angle.least(), angle.most(), wanted));
        }
    }

    /** A stepper that turns at one speed. */
    static final class Steps implements Stepper {

        private final String name;
        private final PartSheet sheet;
        private final double degreesPerSecond;
        private final Timebase time;
        private double from;
        private double target;
        private long started;

        Steps(
                String name,
                double least,
                double most,
                double degreesPerSecond,
                boolean holds,
                Timebase time) {
            this.name = name;
            this.degreesPerSecond = degreesPerSecond;
            this.time = time;
            this.sheet =
                    PartSheet.actuator(
                            "stepper",
                            holds ? "stops and holds" : "stops and lets go",
                            PartSheet.commanded("angle", "°", least, most));
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public PartSheet sheet() {
            return sheet;
        }

        @Override
        public synchronized void turnTo(double degrees) {
            requireWithin(sheet, degrees);
            go(degrees);
        }

        private void go(double degrees) {
            from = degrees();
            started = time.nanos();
            target = degrees;
        }

        @Override
        public synchronized double degrees() {
            double turned = (time.nanos() - started) / 1e9 * degreesPerSecond;
            return from + Math.clamp(target - from, -turned, turned);
        }

        @Override
        public synchronized boolean moving() {
            return degrees() != target;
        }

        @Override
        public synchronized void rest() {
            go(degrees());
        }
    }

    /** A switch that remembers how it is. */
    static final class Switch implements Relay {

        private final String name;
        private final boolean safeOn;
        private volatile boolean on;

        Switch(String name, boolean safeOn) {
            this.name = name;
            this.safeOn = safeOn;
            this.on = safeOn;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public PartSheet sheet() {
            return PartSheet.actuator(
                    "relay", safeOn ? "on" : "off", PartSheet.commanded("on", "share", 0, 1));
        }

        @Override
        public void set(boolean wanted) {
            on = wanted;
        }

        @Override
        public boolean on() {
            return on;
        }

        @Override
        public void rest() {
            on = safeOn;
        }
    }

    /** The same fine day, always. */
    record Weather(String name) implements EnvironmentSensor {

        @Override
        public Air air() {
            return new Air(21, 101_325, 0.45);
        }
    }
}
