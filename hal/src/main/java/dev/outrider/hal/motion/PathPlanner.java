package dev.outrider.hal.motion;

import dev.outrider.hal.part.Point;
import java.util.List;
import java.util.Optional;

/** Knows the ways between points. */
@FunctionalInterface
public interface PathPlanner {

    /**
     * Points to drive to one after the other in straight lines; the last is the goal. Empty if
     * there is no way.
     */
    Optional<List<Point>> path(Point from, Point goal);
}
