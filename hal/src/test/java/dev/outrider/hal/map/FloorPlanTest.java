package dev.outrider.hal.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.outrider.hal.part.Point;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloorPlanTest {

    private static final double ROBOT = 0.18;

    private final FloorPlan flat = FloorPlanFile.flat();

    @ParameterizedTest
    @CsvSource({
        "base,dock",
        "muelle,dock",
        "estación,dock",
        "cocina,kitchen",
        "PUERTA,door",
        "ventana,window",
        "mesa,table",
        "sofa,sofa",
        "Kitchen,kitchen"
    })
    void knowsPlacesInBothLanguages(String called, String name) {
        assertThat(flat.place(called).orElseThrow().name()).isEqualTo(name);
    }

    @Test
    void knowsNoPlaceThatIsNotThere() {
        assertThat(flat.place("garage")).isEmpty();
    }

    @Test
    void hasFiveMetresFreeAheadOfTheDock() {
        assertThat(flat.free(new Point(0, 0), new Point(5, 0), ROBOT + 0.2)).isTrue();
    }

    @Test
    void hasTwoMetresFreeInEveryDirectionAroundTheDock() {
        for (int degrees = 0; degrees < 360; degrees += 5) {
            Point there = new Point(0, 0).moved(2, degrees);
            assertThat(flat.free(new Point(0, 0), there, ROBOT + 0.2)).as("%d°", degrees).isTrue();
        }
    }

    @Test
    void everyPlaceHasRoomForTheRobotAndItsClearance() {
        assertThat(flat.places())
                .allSatisfy(place ->
                        assertThat(flat.clearance(place.pose().point()))
                                .isGreaterThan(ROBOT + 0.27));
    }

    @Test
    void measuresClearanceAndRaysLikeARuler() {
        assertThat(flat.clearance(new Point(8, 0))).isCloseTo(1, within(1e-12));
        assertThat(flat.ray(new Point(0, 0), 0).orElseThrow()).isCloseTo(9, within(1e-12));
        assertThat(flat.ray(new Point(0, 0), 90).orElseThrow()).isCloseTo(5, within(1e-12));
        assertThat(flat.ray(new Point(2.7, 0), -90).orElseThrow()).isCloseTo(3.1, within(1e-12));
        assertThat(flat.clearance(new Point(2.7, -3.5))).isZero();
        assertThat(flat.clearance(new Point(100, 0))).isZero();
    }

    @Test
    void plansAStraightLineWhereItIsFree() {
        var planner = new GridPlanner(flat, 0.45);

        assertThat(planner.path(new Point(0, 0), new Point(5, 0)))
                .contains(List.of(new Point(5, 0)));
    }

    @Test
    void plansAroundWallsAndStaysClearOfThem() {
        var planner = new GridPlanner(flat, 0.45);
        Point goal = flat.place("kitchen").orElseThrow().pose().point();

        List<Point> path = planner.path(new Point(4, 4), goal).orElseThrow();

        assertThat(path).hasSizeBetween(2, 8).last().isEqualTo(goal);
        Point here = new Point(4, 4);
        for (Point next : path) {
            assertThat(flat.free(here, next, 0.40)).as("%s to %s", here, next).isTrue();
            here = next;
        }
    }

    @Test
    void findsNoWayThroughAClosedRoom() {
        FloorPlan closed = flat.with(new Box(new Point(5.6, 2.1), new Point(7.2, 2.3)));
        var planner = new GridPlanner(closed, 0.45);

        assertThat(planner.path(new Point(0, 0), new Point(6.4, 3.6))).isEmpty();
    }

    @Test
    void findsAWayOutFromCloseToAWall() {
        var planner = new GridPlanner(flat, 0.45);

        assertThat(planner.path(new Point(8.8, -2), new Point(0, 0))).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "flor = 0 0 1 1|flor: unknown",
                "wall.a = 0 0 1 1|floor: needs 4 numbers",
                "floor = 0 0 one 1|floor: needs 4 numbers",
                "floor = 0 0 1|floor: needs 4 numbers",
                "floor = 1 0 0 1|floor: a box needs its low corner",
                "floor = 0 0 NaN 1|floor: a point needs finite"
            })
    void namesTheKeyThatIsWrong(String text, String message) {
        assertThatThrownBy(() -> FloorPlanFile.read(new StringReader(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void readsWhatIsWritten() throws IOException {
        FloorPlan plan =
                FloorPlanFile.read(
                        new StringReader(
                                """
                                floor = 0 0 2 3
                                wall.a = 0 1 1 1
                                place.spot = 1 2 45
                                alias.spot = here, , there
                                """));

        assertThat(plan.walls()).containsExactly(new Wall(new Point(0, 1), new Point(1, 1)));
        assertThat(plan.place("there").orElseThrow().pose().heading()).isEqualTo(45);
        assertThat(plan.places().getFirst().aliases()).containsExactly("here", "there");
    }
}
