package dev.outrider.hal.sim;

import dev.outrider.hal.map.Box;
import dev.outrider.hal.map.FloorPlanFile;
import dev.outrider.hal.part.BatteryGauge;
import dev.outrider.hal.part.BatteryGaugeContract;
import dev.outrider.hal.part.DriveBase;
import dev.outrider.hal.part.DriveBaseContract;
import dev.outrider.hal.part.Gripper;
import dev.outrider.hal.part.GripperContract;
import dev.outrider.hal.part.Lamp;
import dev.outrider.hal.part.LampContract;
import dev.outrider.hal.part.Point;
import dev.outrider.hal.part.RangeSensor;
import dev.outrider.hal.part.RangeSensorContract;
import dev.outrider.hal.part.Speaker;
import dev.outrider.hal.part.SpeakerContract;

import org.junit.jupiter.api.Nested;

import java.time.Duration;
import java.util.List;

class SimulatedPartsTest {

    private final SteppedTime time = new SteppedTime();
    private final SimulatedRobot robot =
            new SimulatedRobot(Chassis.SMALL, FloorPlanFile.flat(), time);

    @Nested
    class Drive extends DriveBaseContract {

        @Override
        protected DriveBase part() {
            return new SimulatedDrive("drive", robot);
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
            return new SimulatedRange("front", robot);
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
            return new SimulatedBattery("battery", robot);
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

        private final Gripper gripper = new SimulatedGripper("gripper");

        @Override
        protected Gripper part() {
            return gripper;
        }
    }

    @Nested
    class Light extends LampContract {

        @Override
        protected Lamp part() {
            return new SimulatedLamp("lamp");
        }
    }

    @Nested
    class Voice extends SpeakerContract {

        private final SimulatedSpeaker speaker = new SimulatedSpeaker("speaker");

        @Override
        protected Speaker part() {
            return speaker;
        }

        @Override
        protected List<String> heard() {
            return speaker.said();
        }
    }
}
