package dev.outrider.hal.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.outrider.hal.map.Box;
import dev.outrider.hal.map.FloorPlan;
import dev.outrider.hal.map.FloorPlanFile;
import dev.outrider.hal.map.Place;
import dev.outrider.hal.part.BatteryGauge;
import dev.outrider.hal.part.Point;
import dev.outrider.hal.part.Pose;
import dev.outrider.hal.sim.Chassis;
import dev.outrider.hal.sim.Simulation;
import dev.outrider.hal.sim.SteppedTime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NavigatorTest {

    @TempDir Path folder;

    private final SteppedTime time = new SteppedTime();
    private final FloorPlan plan = FloorPlanFile.flat();
    private Simulation simulation;

    @BeforeEach
    void open() {
        simulation = Simulation.open(folder.resolve("estop"), time, Chassis.SMALL, plan);
    }

    @AfterEach
    void close() {
        simulation.close();
    }

    private MotionResult goTo(String name) {
        return simulation
                .board()
                .navigator()
                .goTo(simulation.board().place(name).orElseThrow().pose(), MotionWatch.none());
    }

    @Test
    void reachesEveryPlaceFromEveryOther() {
        for (Place from : plan.places()) {
            for (Place to : plan.places()) {
                assertThat(goTo(from.name())).isInstanceOf(MotionResult.Completed.class);
                MotionResult result = goTo(to.name());

                assertThat(result)
                        .as("%s to %s", from.name(), to.name())
                        .isInstanceOf(MotionResult.Completed.class);
                Pose end = simulation.robot().pose();
                assertThat(end.point().distanceTo(to.pose().point())).isLessThan(0.01);
                assertThat(Pose.turn(end.heading(), to.pose().heading())).isCloseTo(0, within(1.0));
            }
        }
        assertThat(simulation.robot().collided()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "muelle", "estación", "ESTACION", "dock"})
    void comesBackToTheDockByAnyOfItsNames(String name) {
        goTo("cocina");
        boolean away = simulation.board().part(BatteryGauge.class).external();

        goTo(name);

        assertThat(away).isFalse();
        assertThat(simulation.board().part(BatteryGauge.class).external()).isTrue();
    }

    @Test
    void reportsProgressOverTheWholeWay() {
        var seen = new ArrayList<Double>();
        var watch =
                new MotionWatch() {
                    @Override
                    public void progress(double fraction) {
                        seen.add(fraction);
                    }

                    @Override
                    public boolean cancelled() {
                        return false;
                    }
                };

        simulation.board().navigator().goTo(plan.place("kitchen").orElseThrow().pose(), watch);

        assertThat(seen).isSorted().last().isEqualTo(1.0);
        assertThat(seen).first().satisfies(first -> assertThat(first).isLessThan(0.1));
    }

    @Test
    void saysSoWhenThereIsNoWay() {
        MotionResult result =
                simulation.board().navigator().goTo(new Pose(2.7, -3.5, 0), MotionWatch.none());

        assertThat(result)
                .isInstanceOfSatisfying(
                        MotionResult.Blocked.class,
                        blocked ->
                                assertThat(blocked.reason())
                                        .isEqualTo(
                                                "no free way from (0.00, 0.00) to (2.70, -3.50)"));
    }

    @Test
    void isBlockedByWhatTheMapDoesNotKnow() {
        simulation.robot().obstruct(new Box(new Point(5.6, 1.9), new Point(7.2, 2.1)));

        assertThat(goTo("kitchen")).isInstanceOf(MotionResult.Blocked.class);
        assertThat(simulation.robot().collided()).isFalse();
    }

    @Test
    void emergencyStopEndsTheWholeWay() {
        time.onStep(() -> {
            if (simulation.robot().pose().x() > 2) {
                simulation.board().emergencyStop().engage("ana", "smoke");
            }
        });

        assertThat(goTo("kitchen")).isInstanceOf(MotionResult.Interrupted.class);
        assertThat(simulation.robot().pose().x()).isLessThan(2.1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noMotionsLeaveTheFloorOrPassThroughAWall(long seed) {
        var random = new Random(seed);
        var last = new Pose[] {simulation.robot().pose()};
        time.onStep(() -> {
            Pose now = simulation.robot().pose();
            assertThat(plan.clearance(now.point()))
                    .isGreaterThanOrEqualTo(Chassis.SMALL.radiusMeters());
            assertThat(crossesAWall(last[0], now)).isFalse();
            last[0] = now;
        });

        for (int motion = 0; motion < 40; motion++) {
            MotionResult result = randomMotion(random);

            assertThat(result.end()).isEqualTo(simulation.robot().pose());
            assertThat(simulation.robot().still()).isTrue();
        }
    }

    private MotionResult randomMotion(Random random) {
        Pilot pilot = simulation.board().pilot();
        return switch (random.nextInt(4)) {
            case 0 -> pilot.drive(random.nextDouble(-10, 10), MotionWatch.none());
            case 1 -> pilot.turn(random.nextDouble(-360, 360), MotionWatch.none());
            case 2 ->
                    pilot.driveTo(
                            new Point(random.nextDouble(-4, 9), random.nextDouble(-5, 5)),
                            MotionWatch.none());
            default -> goTo(plan.places().get(random.nextInt(plan.places().size())).name());
        };
    }

    private boolean crossesAWall(Pose before, Pose now) {
        double moved = before.point().distanceTo(now.point());
        double bearing = before.point().bearingTo(now.point());
        return moved > 0 && plan.ray(before.point(), bearing).orElse(100) < moved;
    }
}
