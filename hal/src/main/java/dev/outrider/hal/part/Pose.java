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
        heading = Angles.normalize(heading);
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
