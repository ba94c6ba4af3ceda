package dev.outrider.hal.part;

import java.util.Locale;

/** A point on the floor, in metres. */
public record Point(double x, double y) {

    public Point {
        if (!Double.isFinite(x) || !Double.isFinite(y)) {
            throw new IllegalArgumentException("a point needs finite metres, not " + x + ", " + y);
        }
    }

    /** Straight-line metres to the other point. */
    public double distanceTo(Point other) {
        return Math.hypot(other.x - x, other.y - y);
    }

    /** Direction of the other point seen from here, degrees in (-180, 180]. */
    public double bearingTo(Point other) {
        return Pose.normalize(Math.toDegrees(Math.atan2(other.y - y, other.x - x)));
    }

    /** The point so many metres away in a direction given in degrees. */
    public Point moved(double meters, double degrees) {
        double radians = Math.toRadians(degrees);
        return new Point(x + meters * Math.cos(radians), y + meters * Math.sin(radians));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "(%.2f, %.2f)", x, y);
    }
}
