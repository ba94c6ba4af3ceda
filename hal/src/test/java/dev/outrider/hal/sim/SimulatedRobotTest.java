package dev.outrider.hal.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.outrider.hal.map.Box;
import dev.outrider.hal.map.FloorPlan;
import dev.outrider.hal.map.FloorPlanFile;
import dev.outrider.hal.motion.DifferentialDrive;
import dev.outrider.hal.part.Point;
import dev.outrider.hal.part.Pose;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedRobotTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SteppedTime time = new SteppedTime();
    private final SimulatedRobot robot =
            new SimulatedRobot(Chassis.SMALL, FloorPlanFile.flat(), time);

    @Test
    void arcsAreExactWhateverTheStep() {
        var drive = new DifferentialDrive(0.3);
        var wheels = drive.wheels(0.4, 60);

        Pose inOne = drive.move(Pose.ORIGIN, wheels, 1.5);
        Pose inMany = Pose.ORIGIN;
        for (int i = 0; i < 300; i++) {
            inMany = drive.move(inMany, wheels, 0.005);
        }

        double radius = 0.4 / Math.toRadians(60);
        assertThat(inOne.x()).isCloseTo(radius, within(1e-12));
        assertThat(inOne.y()).isCloseTo(radius, within(1e-12));
        assertThat(inOne.heading()).isCloseTo(90, within(1e-9));
        assertThat(inMany.point().distanceTo(inOne.point())).isLessThan(1e-9);
    }

    @Test
    void oppositeWheelsTurnInPlaceByTheRateTimesTheTime() {
        var drive = new DifferentialDrive(0.3);

        Pose turned = drive.move(new Pose(1, 2, 10), drive.wheels(0, -40), 2);

        assertThat(turned.point().distanceTo(new Point(1, 2))).isLessThan(1e-12);
        assertThat(turned.heading()).isCloseTo(-70, within(1e-9));
    }

    @Test
    void equalWheelsGoStraight() {
        var drive = new DifferentialDrive(0.3);

        Pose moved = drive.move(new Pose(0, 0, 30), drive.wheels(0.5, 0), 4);

        assertThat(moved.x()).isCloseTo(2 * Math.cos(Math.toRadians(30)), within(1e-12));
        assertThat(moved.y()).isCloseTo(1, within(1e-12));
    }

    @Test
    void speedsUpNoFasterThanItsWheelsCan() {
        robot.velocity(0.5, 0);

        time.advance(SECOND);

        double speedingUp = 0.5 / Chassis.SMALL.wheelAcceleration();
        double closedForm = 0.5 - 0.5 * speedingUp / 2;
        assertThat(robot.pose().x()).isCloseTo(closedForm, within(0.5 * 0.005));
    }

    @Test
    void brakingHoldsTheWheelsAtOnce() {
        robot.velocity(0.5, 0);
        time.advance(SECOND);

        robot.brake();
        Pose braked = robot.pose();
        time.advance(SECOND);

        assertThat(robot.pose()).isEqualTo(braked);
        assertThat(robot.still()).isTrue();
    }

    @Test
    void aWallStopsItAtItsHull() {
        robot.velocity(0.5, 0);

        time.advance(Duration.ofSeconds(30));

        assertThat(robot.pose().x()).isBetween(9 - 0.18 - 0.005, 9 - 0.18);
        assertThat(robot.collided()).isTrue();
    }

    @Test
    void backsAwayFromAWall() {
        robot.velocity(0.5, 0);
        time.advance(Duration.ofSeconds(30));
        double atTheWall = robot.pose().x();

        robot.velocity(-0.5, 0);
        time.advance(SECOND);

        assertThat(robot.pose().x()).isLessThan(atTheWall - 0.3);
    }

    @Test
    void idlingUsesTheIdlePower() {
        robot.velocity(0.5, 0);
        time.advance(SECOND);
        robot.brake();
        double before = robot.charge();

        time.advance(Duration.ofHours(1));

        double share = Chassis.SMALL.battery().idleWatts() / Chassis.SMALL.battery().wattHours();
        assertThat(robot.docked()).isFalse();
        assertThat(before - robot.charge()).isCloseTo(share, within(1e-4));
    }

    @Test
    void drivingUsesMoreThanIdling() {
        robot.velocity(0.5, 0);
        time.advance(SECOND);
        double start = robot.charge();
        time.advance(Duration.ofSeconds(5));
        double afterDriving = robot.charge();
        robot.brake();
        time.advance(Duration.ofSeconds(5));

        assertThat(start - afterDriving).isGreaterThan(2 * (afterDriving - robot.charge()));
    }

    @Test
    void chargesOnTheDockAndNotBeyondFull() {
        double before = robot.charge();
        time.advance(Duration.ofSeconds(30));
        double after = robot.charge();
        time.advance(Duration.ofHours(2));

        assertThat(robot.docked()).isTrue();
        assertThat(after).isGreaterThan(before);
        assertThat(robot.charge()).isEqualTo(1);
    }

    @Test
    void standsWhenTheBatteryIsEmpty() {
        var plan = new FloorPlan(FloorPlanFile.flat().bounds(), List.of(), List.of(), List.of());
        var flat = new SimulatedRobot(Chassis.SMALL.charged(0), plan, time);

        flat.velocity(0.5, 0);
        time.advance(SECOND);

        assertThat(flat.charge()).isZero();
        assertThat(flat.pose()).isEqualTo(Pose.ORIGIN);
    }

    @Test
    void seesAnObstacleThatOnlyItsSideWouldTouch() {
        robot.obstruct(new Box(new Point(1.18, 0.16), new Point(1.4, 0.5)));

        double seen = robot.ahead().orElseThrow();

        assertThat(seen).isBetween(1.0, 1.18);
    }

    @Test
    void doesNotFitIntoAPlanWithoutRoom() {
        var tight = FloorPlanFile.flat().with(new Box(new Point(0.1, -1), new Point(1, 1)));

        assertThatThrownBy(() -> new SimulatedRobot(Chassis.SMALL, tight, time))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not fit");
    }
}
