package dev.outrider.hal.part;

/** Measures acceleration and turning about three axes: x ahead, y to the left, z up (REP 103). */
public interface Imu extends Part {

    /** Standard gravity, metres per second squared. */
    double GRAVITY = 9.80665;

    /** Three values along or about the axes. */
    record Axes(double x, double y, double z) {

        public double length() {
            return Math.sqrt(x * x + y * y + z * z);
        }
    }

    /**
     * One measurement.
     *
     * @param acceleration in m/s²; standing still it is gravity's reaction, up
     * @param rate in °/s, counter-clockwise seen from the axis' tip
     */
    record Motion(Axes acceleration, Axes rate) {}

    Motion motion();

    @Override
    default void rest() {}
}
