package dev.outrider.hal.sim;

import dev.outrider.hal.map.Box;
import dev.outrider.hal.map.FloorPlanFile;
import dev.outrider.hal.part.BatteryGauge;
import dev.outrider.hal.part.BatteryGaugeContract;
import dev.outrider.hal.part.Bumper;
import dev.outrider.hal.part.BumperContract;
import dev.outrider.hal.part.DriveBase;
import dev.outrider.hal.part.DriveBaseContract;
import dev.outrider.hal.part.Encoder;
import dev.outrider.hal.part.EncoderContract;
import dev.outrider.hal.part.EnvironmentSensor;
import dev.outrider.hal.part.EnvironmentSensorContract;
import dev.outrider.hal.part.Gripper;
import dev.outrider.hal.part.GripperContract;
import dev.outrider.hal.part.Imu;
import dev.outrider.hal.part.ImuContract;
import dev.outrider.hal.part.Lamp;
import dev.outrider.hal.part.LampContract;
import dev.outrider.hal.part.Motor;
import dev.outrider.hal.part.MotorContract;
import dev.outrider.hal.part.Point;
import dev.outrider.hal.part.RangeSensor;
import dev.outrider.hal.part.RangeSensorContract;
import dev.outrider.hal.part.Relay;
import dev.outrider.hal.part.RelayContract;
import dev.outrider.hal.part.Servo;
import dev.outrider.hal.part.ServoContract;
import dev.outrider.hal.part.Speaker;
import dev.outrider.hal.part.SpeakerContract;
import dev.outrider.hal.part.Stepper;
import dev.outrider.hal.part.StepperContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;

class SimulatedPartsTest {

    private final SteppedTime time = new SteppedTime();
    private final SimulatedRobot robot =
            new SimulatedRobot(Chassis.SMALL, FloorPlanFile.flat(), time);

    @Nested
    class Drive extends DriveBaseContract {

        @Override
        protected DriveBase part() {
            return new SimulatedParts.Drive("drive", robot);
        }

        @Override
        protected void elapse(Duration duration) {
            time.advance(duration);
        }
    }

    @Nested
    class Range extends RangeSensorContract {

        @Override
        protected RangeSensor part() {
            return new SimulatedParts.Range("front", robot, 4);
        }

        @Override
        protected void target(double meters) {
            double face = Chassis.SMALL.radiusMeters() + meters;
            robot.obstruct(new Box(new Point(face, -1), new Point(face + 0.1, 1)));
        }

        @Override
        protected void nothingInReach() {}

        @Override
        protected double accuracy() {
            return 1e-9;
        }
    }

    @Nested
    class Battery extends BatteryGaugeContract {

        @Override
        protected BatteryGauge part() {
            robot.velocity(0.5, 0);
            time.advance(Duration.ofSeconds(2));
            robot.velocity(0, 0);
            time.advance(Duration.ofSeconds(1));
            return new SimulatedParts.Battery("battery", robot);
        }

        @Override
        protected void drain() {
            time.advance(Duration.ofMinutes(5));
        }

        @Override
        protected void connect() {
            robot.velocity(-0.5, 0);
            time.advance(Duration.ofMillis(2100));
            robot.brake();
        }
    }

    @Nested
    class Hand extends GripperContract {

        private final Gripper gripper = new SimulatedParts.Hand("gripper");

        @Override
        protected Gripper part() {
            return gripper;
        }
    }

    @Nested
    class Light extends LampContract {

        @Override
        protected Lamp part() {
            return new SimulatedParts.Light("lamp");
        }
    }

    @Nested
    class Voice extends SpeakerContract {

        private final SimulatedParts.Voice speaker = new SimulatedParts.Voice("speaker");

        @Override
        protected Speaker part() {
            return speaker;
        }

        @Override
        protected List<String> heard() {
            return speaker.said();
        }
    }

    @Nested
    class Wheel extends MotorContract {

        private final SimulatedParts.Power motor =
                new SimulatedParts.Power("motor", "no power, braked");

        @Override
        protected Motor part() {
            return motor;
        }

        @Override
        protected double drawn() {
            return motor.drawn();
        }
    }

    @Nested
    class HoldingServo extends ServoContract {

        private final Servo servo = new SimulatedParts.Angle("pan", -90, 90, true);

        @Override
        protected Servo part() {
            return servo;
        }
    }

    @Nested
    class LimpServo extends ServoContract {

        private final Servo servo = new SimulatedParts.Angle("pan", -45, 60, false);

        @Override
        protected Servo part() {
            return servo;
        }
    }

    @Nested
    class Table extends StepperContract {

        private final Stepper stepper =
                new SimulatedParts.Steps("table", -720, 720, 90, true, time);

        @Override
        protected Stepper part() {
            return stepper;
        }

        @Override
        protected void elapse(Duration duration) {
            time.advance(duration);
        }
    }

    @Nested
    class SafelyOffSwitch extends RelayContract {

        private final Relay relay = new SimulatedParts.Switch("pump", false);

        @Override
        protected Relay part() {
            return relay;
        }

        @Override
        protected boolean powered() {
            return relay.on();
        }
    }

    @Nested
    class SafelyOnSwitch extends RelayContract {

        private final Relay relay = new SimulatedParts.Switch("fan", true);

        @Override
        protected Relay part() {
            return relay;
        }

        @Override
        protected boolean powered() {
            return relay.on();
        }
    }

    @Nested
    class Feeling extends ImuContract {

        @Override
        protected Imu part() {
            return new SimulatedParts.Motion("imu", robot);
        }

        @Override
        protected void stand() {
            time.advance(Duration.ofSeconds(1));
        }

        @Override
        protected void turnLeft() {
            robot.velocity(0, 45);
            time.advance(Duration.ofSeconds(1));
        }
    }

    @Nested
    class Air extends EnvironmentSensorContract {

        @Override
        protected EnvironmentSensor part() {
            return new SimulatedParts.Weather("air");
        }
    }

    @Nested
    class Touching extends BumperContract {

        @Override
        protected Bumper part() {
            return new SimulatedParts.Touch("bumper", robot);
        }

        @Override
        protected void touch() {
            double face = Chassis.SMALL.radiusMeters() + 0.05;
            robot.obstruct(new Box(new Point(face, -1), new Point(face + 0.1, 1)));
            robot.velocity(0.1, 0);
            time.advance(Duration.ofSeconds(3));
        }
    }

    @Nested
    class Rolling extends EncoderContract {

        private static final double TICKS_PER_METER = 100;

        @Override
        protected Encoder part() {
            return new SimulatedParts.Odometer("left", robot, TICKS_PER_METER);
        }

        @Override
        protected void roll(int ticks) {
            double target = robot.rolled() + ticks / TICKS_PER_METER;
            robot.velocity(Math.signum(ticks) * 0.1, 0);
            while ((target - robot.rolled()) * ticks > 0) {
                time.advance(Duration.ofMillis(10));
            }
            robot.brake();
        }
    }
}
