package dev.outrider.hal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.outrider.hal.motion.DifferentialDrive;
import dev.outrider.hal.motion.MotionResult;
import dev.outrider.hal.motion.MotionWatch;
import dev.outrider.hal.motion.Pilot;
import dev.outrider.hal.part.DriveBase;
import dev.outrider.hal.part.DriveBaseContract;
import dev.outrider.hal.part.DriveLimits;
import dev.outrider.hal.part.PartSheet;
import dev.outrider.hal.part.RangeSensor;
import dev.outrider.hal.safety.EmergencyStop;
import dev.outrider.hal.sim.SteppedTime;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WheelDriveTest extends DriveBaseContract {

    @TempDir Path folder;

    private final SteppedTime time = new SteppedTime();
    private final SimulatedWheel left = new SimulatedWheel(1);
    private final SimulatedWheel right = new SimulatedWheel(0.85);
    private final WheelDrive drive =
            new WheelDrive(
                    "drive",
                    left.wheel(),
                    right.wheel(),
                    new DifferentialDrive(0.3),
                    new DriveLimits(0.5, 0.5, 90, 120),
                    time);

    @BeforeEach
    void run() {
        time.onStep(() -> {
            left.elapse(0.01);
            right.elapse(0.01);
            drive.step();
        });
    }

    @Override
    protected DriveBase part() {
        return drive;
    }

    @Override
    protected void elapse(Duration duration) {
        time.advance(duration);
    }

    @Override
    @Test
    protected void goesAheadWhenToldTo() {
        drive.velocity(0.25, 0);
        elapse(Duration.ofSeconds(2));

        assertThat(drive.pose().x()).isCloseTo(0.5, within(0.03));
        assertThat(drive.pose().heading()).isCloseTo(0, within(3.0));
    }

    @Test
    void holdsTheSpeedsOfUnequalWheels() {
        drive.velocity(0.4, 0);
        elapse(Duration.ofSeconds(3));
        double before = drive.pose().x();

        elapse(Duration.ofSeconds(1));

        assertThat(drive.pose().x() - before).isCloseTo(0.4, within(0.01));
    }

    @Test
    void aPilotDrivesItToTheCentimetreAndDegree() {
        RangeSensor nothing =
                new RangeSensor() {
                    @Override
                    public String name() {
                        return "front";
                    }

                    @Override
                    public PartSheet sheet() {
                        return PartSheet.sensor(
                                "range sensor", PartSheet.measured("distance", "m", 0, 1));
                    }

                    @Override
                    public OptionalDouble meters() {
                        return OptionalDouble.empty();
                    }
                };
        EmergencyStop stop =
                EmergencyStop.open(folder.resolve("estop"), () -> false, Clock.systemUTC());
        var pilot = new Pilot(drive, nothing, 0.2, stop, time);

        MotionResult ahead = pilot.drive(2, MotionWatch.none());
        MotionResult turned = pilot.turn(90, MotionWatch.none());

        assertThat(ahead).isInstanceOf(MotionResult.Completed.class);
        assertThat(ahead.end().x()).isCloseTo(2, within(0.01));
        assertThat(turned).isInstanceOf(MotionResult.Completed.class);
        assertThat(turned.end().heading() - ahead.end().heading()).isCloseTo(90, within(1.0));
    }
}
