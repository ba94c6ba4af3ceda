package dev.outrider.hal.map;

import dev.outrider.hal.part.Point;
import java.util.OptionalDouble;

/** A thin straight wall between two points. */
public record Wall(Point from, Point to) {

    private static final double PARALLEL = 1e-12;

    /** Metres from the point to the nearest spot of this wall. */
    public double distanceTo(Point point) {
        double dx = to.x() - from.x();
        double dy = to.y() - from.y();
        double square = dx * dx + dy * dy;
        double along =
                square == 0
                        ? 0
                        : ((point.x() - from.x()) * dx + (point.y() - from.y()) * dy) / square;
        double t = Math.clamp(along, 0, 1);
        return Math.hypot(from.x() + t * dx - point.x(), from.y() + t * dy - point.y());
    }

    /**
     * Metres from the origin to where a ray in the given direction, in degrees, meets this wall;
     * empty if it does not. Solves origin + t r = from + u (to - from) by Cramer's rule.
     */
    public OptionalDouble hit(Point origin, double degrees) {
        double rx = Math.cos(Math.toRadians(degrees));
        double ry = Math.sin(Math.toRadians(degrees));
        double dx = to.x() - from.x();
        double dy = to.y() - from.y();
        double cross = rx * dy - ry * dx;
        if (Math.abs(cross) < PARALLEL) {
            return OptionalDouble.empty();
        }
        double ox = from.x() - origin.x();
        double oy = from.y() - origin.y();
        double t = (ox * dy - oy * dx) / cross;
        double u = (ox * ry - oy * rx) / cross;
        return t >= 0 && u >= 0 && u <= 1 ? OptionalDouble.of(t) : OptionalDouble.empty();
    }
}
