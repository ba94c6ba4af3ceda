package dev.outrider.hal.part;

/** Arithmetic on headings in degrees. */
public final class Angles {

    private Angles() {}

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
}
