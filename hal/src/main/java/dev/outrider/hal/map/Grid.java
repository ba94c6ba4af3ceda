package dev.outrider.hal.map;

import dev.outrider.hal.part.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * A floor cut into square cells, each free or not for a round robot standing in its middle, and the
 * shortest way between two of them by A* over eight neighbours (Hart, Nilsson, Raphael, "A Formal
 * Basis for the Heuristic Determination of Minimum Cost Paths", 1968).
 */
final class Grid {

    /** How far from a wall, or from a spot the planner would not choose, a robot may set out. */
    private static final double NEAR_METERS = 0.8;

    private record Open(int cell, double estimate) {}

    private final double cellMeters;
    private final Point low;
    private final int columns;
    private final int rows;
    private final boolean[] free;

    Grid(FloorPlan plan, double radius, double cellMeters) {
        this.cellMeters = cellMeters;
        this.low = plan.bounds().low();
        this.columns = (int) Math.ceil((plan.bounds().high().x() - low.x()) / cellMeters);
        this.rows = (int) Math.ceil((plan.bounds().high().y() - low.y()) / cellMeters);
        this.free = new boolean[columns * rows];
        for (int cell = 0; cell < free.length; cell++) {
            free[cell] = plan.clearance(middle(cell)) >= radius;
        }
    }

    private Point middle(int cell) {
        int column = cell % columns;
        int row = cell / columns;
        return new Point(low.x() + (column + 0.5) * cellMeters, low.y() + (row + 0.5) * cellMeters);
    }

    /** The free cell nearest to the point, if one is near. */
    Optional<Integer> nearestFree(Point point) {
        return IntStream.range(0, free.length)
                .filter(cell -> free[cell] && middle(cell).distanceTo(point) <= NEAR_METERS)
                .boxed()
                .min(Comparator.comparingDouble(cell -> middle(cell).distanceTo(point)));
    }

    /** The middles of the cells on the shortest way, both ends included. */
    Optional<List<Point>> shortest(int start, int goal) {
        double[] cost = new double[free.length];
        Arrays.fill(cost, Double.POSITIVE_INFINITY);
        int[] before = new int[free.length];
        cost[start] = 0;
        before[start] = start;
        var open = new PriorityQueue<>(Comparator.comparingDouble(Open::estimate));
        open.add(new Open(start, 0));
        while (!open.isEmpty()) {
            int cell = open.remove().cell();
            if (cell == goal) {
                return Optional.of(trace(before, goal));
            }
            for (int next : neighbours(cell)) {
                double reached = cost[cell] + middle(cell).distanceTo(middle(next));
                if (reached < cost[next]) {
                    cost[next] = reached;
                    before[next] = cell;
                    open.add(new Open(next, reached + middle(next).distanceTo(middle(goal))));
                }
            }
        }
        return Optional.empty();
    }

    private List<Point> trace(int[] before, int goal) {
        var path = new ArrayList<Point>();
        int cell = goal;
        while (before[cell] != cell) {
            path.add(middle(cell));
            cell = before[cell];
        }
        path.add(middle(cell));
        return path.reversed();
    }

    /** Free neighbours; a diagonal only if neither corner beside it is taken. */
    private int[] neighbours(int cell) {
        int column = cell % columns;
        int row = cell / columns;
        return IntStream.range(0, 9)
                .filter(step -> step != 4)
                .filter(step -> passable(column, row, step % 3 - 1, step / 3 - 1))
                .map(step -> (row + step / 3 - 1) * columns + column + step % 3 - 1)
                .toArray();
    }

    private boolean passable(int column, int row, int right, int up) {
        return isFree(column + right, row + up)
                && isFree(column + right, row)
                && isFree(column, row + up);
    }

    private boolean isFree(int column, int row) {
        return column >= 0
                && column < columns
                && row >= 0
                && row < rows
                && free[row * columns + column];
    }
}
