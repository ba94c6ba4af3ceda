package dev.outrider.hal.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.outrider.hal.map.Box;
import dev.outrider.hal.map.FloorPlan;
import dev.outrider.hal.map.FloorPlanFile;
import dev.outrider.hal.part.DriveBase;
import dev.outrider.hal.part.EmergencyStopEngagedException;
import dev.outrider.hal.part.Point;
import dev.outrider.hal.part.Pose;
import dev.outrider.hal.sim.Chassis;
import dev.outrider.hal.sim.Simulation;
import dev.outrider.hal.sim.SteppedTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PilotTest {

    private static final double CENTIMETRE = 0.01;

    @TempDir Path folder;

    private final SteppedTime time = new SteppedTime();
    private Simulation simulation;
    private Pilot pilot;

    @BeforeEach
    void open() {
        FloorPlan hall =
                new FloorPlan(
                        new Box(new Point(-15, -15), new Point(15, 15)),
                        List.of(),
                        List.of(),
                        FloorPlanFile.flat().places());
        simulation = Simulation.open(folder.resolve("estop"), time, Chassis.SMALL, hall);
        pilot = simulation.board().pilot();
    }

    @AfterEach
    void close() {
        simulation.close();
    }

    @ParameterizedTest
    @ValueSource(doubles = {2, -2, 0.01, 0.1, -0.5, 5, 10, -10, 0})
    void drivesTheDistanceToTheCentimetre(double meters) {
        MotionResult result = pilot.drive(meters, MotionWatch.none());

        assertThat(result).isInstanceOf(MotionResult.Completed.class);
        Pose end = simulation.robot().pose();
        assertThat(end.x()).isCloseTo(meters, within(CENTIMETRE));
        assertThat(end.y()).isCloseTo(0, within(CENTIMETRE));
        assertThat(end.heading()).isCloseTo(0, within(1.0));
        assertThat(simulation.robot().still()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {90, -90, 1, -1, 45, 180, 270, -270, 360, -360, 0})
    void turnsTheAngleToTheDegree(double degrees) {
        var turned = new double[1];
        var last = new double[1];
        time.onStep(() -> {
            double heading = simulation.robot().pose().heading();
            turned[0] += Pose.turn(last[0], heading);
            last[0] = heading;
        });

        MotionResult result = pilot.turn(degrees, MotionWatch.none());

        assertThat(result).isInstanceOf(MotionResult.Completed.class);
        assertThat(turned[0]).isCloseTo(degrees, within(1.0));
        assertThat(simulation.robot().pose().point().distanceTo(new Point(0, 0)))
                .isLessThan(CENTIMETRE);
    }

    @Test
    void drivesASquareBackToWhereItBegan() {
        for (int side = 0; side < 4; side++) {
            assertThat(pilot.drive(2, MotionWatch.none()))
                    .isInstanceOf(MotionResult.Completed.class);
            assertThat(pilot.turn(90, MotionWatch.none()))
                    .isInstanceOf(MotionResult.Completed.class);
        }

        assertThat(pilot.pose().point().distanceTo(new Point(0, 0))).isLessThan(0.03);
        assertThat(pilot.pose().heading()).isCloseTo(0, within(2.0));
    }

    @Test
    void steersBackOntoTheLineToAPoint() {
        pilot.turn(5, MotionWatch.none());

        MotionResult result = pilot.driveTo(new Point(3, 0), MotionWatch.none());

        assertThat(result).isInstanceOf(MotionResult.Completed.class);
        assertThat(pilot.pose().point().distanceTo(new Point(3, 0))).isLessThan(CENTIMETRE);
    }

    @Test
    void keepsWithinItsSpeedLimit() {
        var fastest = new double[1];
        var last = new double[1];
        time.onStep(() -> {
            double x = simulation.robot().pose().x();
            fastest[0] = Math.max(fastest[0], (x - last[0]) / 0.01);
            last[0] = x;
        });

        pilot.drive(3, MotionWatch.none());

        assertThat(fastest[0]).isBetween(0.45, 0.5 + 1e-9);
    }

    @Test
    void takesAboutAsLongAsTheTrapezoidSays() {
        long start = time.nanos();

        pilot.drive(5, MotionWatch.none());

        double seconds = (time.nanos() - start) / 1e9;
        assertThat(seconds).isBetween(10.9, 12.0);
    }

    @Test
    void reportsProgressFromNothingToAllWithoutGoingBack() {
        var seen = new ArrayList<Double>();

        pilot.drive(1, watch(seen, Double.MAX_VALUE));

        assertThat(seen).isSorted().first().isEqualTo(0.0);
        assertThat(seen).last().isEqualTo(1.0);
        assertThat(seen).hasSizeGreaterThan(50).allMatch(fraction -> fraction <= 1);
    }

    @Test
    void comesToAStandWhenCancelled() {
        var seen = new ArrayList<Double>();

        MotionResult result = pilot.drive(4, watch(seen, 0.5));

        assertThat(result).isInstanceOf(MotionResult.Cancelled.class);
        assertThat(simulation.robot().still()).isTrue();
        assertThat(result.end()).isEqualTo(simulation.robot().pose());
        assertThat(result.end().x()).isBetween(2.0, 2.3);
    }

    @Test
    void stopsBeforeAnObstacleAndSaysHowFarItIs() {
        simulation.robot().obstruct(new Box(new Point(2, -1), new Point(2.5, 1)));

        MotionResult result = pilot.drive(4, MotionWatch.none());

        assertThat(result)
                .isInstanceOfSatisfying(
                        MotionResult.Blocked.class,
                        blocked ->
                                assertThat(blocked.reason()).matches("obstacle at 0\\.(19|20) m"));
        assertThat(simulation.robot().pose().x()).isCloseTo(2 - 0.18 - 0.20, within(0.02));
        assertThat(simulation.robot().collided()).isFalse();
    }

    @Test
    void stopsForSomethingThatStepsInFrontOfIt() {
        time.onStep(stepInFrontAt(1.0));

        MotionResult result = pilot.drive(4, MotionWatch.none());

        assertThat(result).isInstanceOf(MotionResult.Blocked.class);
        assertThat(simulation.robot().pose().x()).isBetween(1.0, 1.05);
        assertThat(simulation.robot().still()).isTrue();
    }

    private Runnable stepInFrontAt(double x) {
        var stepped = new boolean[1];
        return () -> {
            double hull = simulation.robot().pose().x() + Chassis.SMALL.radiusMeters();
            if (!stepped[0] && simulation.robot().pose().x() >= x) {
                stepped[0] = true;
                simulation
                        .robot()
                        .obstruct(new Box(new Point(hull + 0.1, -1), new Point(hull + 0.2, 1)));
            }
        };
    }

    @Test
    void startsNowhereWithAnObstacleRightAhead() {
        simulation.robot().obstruct(new Box(new Point(0.3, -1), new Point(0.5, 1)));

        MotionResult result = pilot.drive(1, MotionWatch.none());

        assertThat(result)
                .isInstanceOfSatisfying(
                        MotionResult.Blocked.class,
                        blocked -> assertThat(blocked.reason()).isEqualTo("obstacle at 0.12 m"));
        assertThat(simulation.robot().pose()).isEqualTo(Pose.ORIGIN);
    }

    @Test
    void mayBackAwayFromAnObstacleAhead() {
        simulation.robot().obstruct(new Box(new Point(0.3, -1), new Point(0.5, 1)));

        assertThat(pilot.drive(-1, MotionWatch.none())).isInstanceOf(MotionResult.Completed.class);
    }

    @Test
    void noticesThatItHitSomethingBehindIt() {
        simulation.robot().obstruct(new Box(new Point(-1.5, -1), new Point(-1, 1)));

        MotionResult result = pilot.drive(-3, MotionWatch.none());

        assertThat(result)
                .isInstanceOfSatisfying(
                        MotionResult.Blocked.class,
                        blocked -> assertThat(blocked.reason()).contains("standing still"));
        assertThat(simulation.robot().pose().x()).isCloseTo(-0.82, within(CENTIMETRE));
    }

    @Test
    void emergencyStopHoldsItWithinOneControlPeriod() {
        var atEngagement = new Pose[1];
        time.onStep(() -> {
            if (atEngagement[0] == null && simulation.robot().pose().x() >= 1) {
                atEngagement[0] = simulation.robot().pose();
                simulation.board().emergencyStop().engage("ana", "smoke");
            }
        });

        long[] engagedAt = new long[1];
        simulation.board().emergencyStop().onChange(engaged -> engagedAt[0] = time.nanos());
        MotionResult result = pilot.drive(4, MotionWatch.none());

        assertThat(result)
                .isInstanceOfSatisfying(
                        MotionResult.Interrupted.class,
                        interrupted -> assertThat(interrupted.by().why()).isEqualTo("smoke"));
        assertThat(time.nanos() - engagedAt[0]).isLessThanOrEqualTo(ControlLoop.PERIOD.toNanos());
        assertThat(result.end()).isEqualTo(atEngagement[0]);
        assertThat(simulation.robot().pose()).isEqualTo(atEngagement[0]);
    }

    @Test
    void movesNothingUntilTheEmergencyStopIsReleased() {
        var stop = simulation.board().emergencyStop();
        stop.engage("ana", "smoke");

        MotionResult refused = pilot.drive(1, MotionWatch.none());
        MotionResult held = pilot.hold(Duration.ofSeconds(1), MotionWatch.none());
        Pose before = simulation.robot().pose();
        stop.release("ben", "toast");
        MotionResult moved = pilot.drive(1, MotionWatch.none());

        assertThat(refused).isInstanceOf(MotionResult.Interrupted.class);
        assertThat(held).isInstanceOf(MotionResult.Interrupted.class);
        assertThat(before).isEqualTo(Pose.ORIGIN);
        assertThat(moved).isInstanceOf(MotionResult.Completed.class);
    }

    @Test
    void theRedButtonStopsIt() {
        time.onStep(() -> {
            if (simulation.robot().pose().x() >= 1) {
                simulation.button().press();
            }
        });

        MotionResult result = pilot.drive(4, MotionWatch.none());

        assertThat(result).isInstanceOf(MotionResult.Interrupted.class);
        assertThat(simulation.robot().pose().x()).isLessThan(1.03);
    }

    @Test
    void standsStillWhenTheThreadIsInterrupted() {
        time.onStep(() -> {
            if (simulation.robot().pose().x() >= 1) {
                Thread.currentThread().interrupt();
            }
        });

        MotionResult result = pilot.drive(4, MotionWatch.none());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result).isInstanceOf(MotionResult.Cancelled.class);
        assertThat(simulation.robot().still()).isTrue();
    }

    @Test
    void standsStillWhenTheWatchFails() {
        var failing =
                new MotionWatch() {
                    @Override
                    public void progress(double fraction) {
                        if (fraction > 0.2) {
                            throw new IllegalStateException("listener broke");
                        }
                    }

                    @Override
                    public boolean cancelled() {
                        return false;
                    }
                };

        assertThatThrownBy(() -> pilot.drive(4, failing)).hasMessage("listener broke");

        assertThat(simulation.robot().still()).isTrue();
    }

    @Test
    void aDriveNobodyTellsAgainStopsByItsLease() {
        DriveBase drive = simulation.board().part(DriveBase.class);
        drive.velocity(0.5, 0);

        time.advance(Duration.ofMillis(220));
        Pose stopped = simulation.robot().pose();
        time.advance(Duration.ofSeconds(2));

        assertThat(stopped.x()).isPositive();
        assertThat(simulation.robot().pose()).isEqualTo(stopped);
    }

    @Test
    void aDriveUnderTheEmergencyStopRefusesByException() {
        simulation.board().emergencyStop().engage("ana", "smoke");

        assertThatThrownBy(() -> simulation.board().part(DriveBase.class).velocity(0.5, 0))
                .isInstanceOf(EmergencyStopEngagedException.class);
    }

    @Test
    void holdsForAsLongAsToldAndNotWhenCancelled() {
        long start = time.nanos();
        MotionResult held = pilot.hold(Duration.ofMillis(1234), MotionWatch.none());
        long took = time.nanos() - start;
        MotionResult cancelled = pilot.hold(Duration.ofHours(1), watch(new ArrayList<>(), 0.0001));

        assertThat(held).isInstanceOf(MotionResult.Completed.class);
        assertThat(took).isEqualTo(Duration.ofMillis(1234).toNanos());
        assertThat(cancelled).isInstanceOf(MotionResult.Cancelled.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void refusesWhatIsNoNumber(double value) {
        assertThatThrownBy(() -> pilot.drive(value, MotionWatch.none()))
                .hasMessageContaining("distance must be a finite number");
        assertThatThrownBy(() -> pilot.turn(value, MotionWatch.none()))
                .hasMessageContaining("angle must be a finite number");
    }

    /** Keeps what it is told and cancels from a fraction on. */
    private static MotionWatch watch(List<Double> seen, double cancelAt) {
        return new MotionWatch() {
            @Override
            public void progress(double fraction) {
                seen.add(fraction);
            }

            @Override
            public boolean cancelled() {
                return !seen.isEmpty() && seen.getLast() >= cancelAt;
            }
        };
    }
}
