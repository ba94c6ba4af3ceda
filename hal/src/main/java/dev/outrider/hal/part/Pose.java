package dev.outrider.hal.part;

import java.util.Locale;

/**
 * Where the robot is and where it looks: metres, and degrees in (-180, 180] with 0 along x and left
 * positive (REP 103). A heading outside that range is brought into it.
 */
public record Pose(double x, double y, double heading) {

    public static final Pose ORIGIN = new Pose(0, 0, 0);

    public Pose {
        if (!Double.isFinite(x) || !Double.isFinite(y) || !Double.isFinite(heading)) {
            throw new IllegalArgumentException(
                    "a pose needs finite numbers, not " + x + ", " + y + ", " + heading);
        }
        heading = normalize(heading);
    }

    /** The same direction in (-180, 180]. */
    public static double normalize(double degrees) {
        double rest = degrees % 360;
        if (rest <= -180) {
            return rest + 360;
        }
        return rest > 180 ? rest - 360 : rest;
    }

    /** The shortest signed turn from one heading to another, in (-180, 180]; left is positive. */
    public static double turn(double fromDegrees, double toDegrees) {
        return normalize(toDegrees - fromDegrees);
    }

    public Pose(Point point, double heading) {
        this(point.x(), point.y(), heading);
    }

    public Point point() {
        return new Point(x, y);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "(%.2f, %.2f, %.1f°)", x, y, heading);
    }
}
