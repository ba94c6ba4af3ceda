package dev.outrider.hal.map;

import dev.outrider.hal.motion.PathPlanner;
import dev.outrider.hal.part.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ways over a floor plan for a round robot: the straight line if it is free, else the shortest way
 * over an occupancy grid, cut short wherever two of its points see each other.
 */
public final class GridPlanner implements PathPlanner {

    private static final double CELL_METERS = 0.1;

    private final FloorPlan plan;
    private final double radius;
    private final Grid grid;

    /**
     * @param radius metres to keep between the robot's middle and anything solid
     */
    public GridPlanner(FloorPlan plan, double radius) {
        this.plan = plan;
        this.radius = radius;
        this.grid = new Grid(plan, radius, CELL_METERS);
    }

    @Override
    public Optional<List<Point>> path(Point from, Point goal) {
        if (plan.clearance(goal) < radius) {
            return Optional.empty();
        }
        if (plan.free(from, goal, radius)) {
            return Optional.of(List.of(goal));
        }
        return grid.nearestFree(from)
                .flatMap(start -> grid.nearestFree(goal).flatMap(end -> grid.shortest(start, end)))
                .map(cells -> shortened(from, cells, goal));
    }

    private List<Point> shortened(Point from, List<Point> cells, Point goal) {
        var rest = new ArrayList<>(cells);
        rest.add(goal);
        var path = new ArrayList<Point>();
        Point here = from;
        int next = 0;
        while (next < rest.size()) {
            int seen = furthestSeen(here, rest, next);
            here = rest.get(seen);
            path.add(here);
            next = seen + 1;
        }
        return List.copyOf(path);
    }

    private int furthestSeen(Point here, List<Point> points, int first) {
        for (int index = points.size() - 1; index > first; index--) {
            if (plan.free(here, points.get(index), radius)) {
                return index;
            }
        }
        return first;
    }
}
