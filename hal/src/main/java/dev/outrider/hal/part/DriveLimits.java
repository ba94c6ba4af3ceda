package dev.outrider.hal.part;

/**
 * How fast a drive base may go and change its speed; all above zero.
 *
 * @param metersPerSecond highest speed along the heading
 * @param metersPerSecondSquared highest change of that speed
 * @param degreesPerSecond highest turning rate
 * @param degreesPerSecondSquared highest change of that rate
 */
public record DriveLimits(
        double metersPerSecond,
        double metersPerSecondSquared,
        double degreesPerSecond,
        double degreesPerSecondSquared) {

    public DriveLimits {
        if (!(metersPerSecond > 0)
                || !(metersPerSecondSquared > 0)
                || !(degreesPerSecond > 0)
                || !(degreesPerSecondSquared > 0)) {
            throw new IllegalArgumentException("drive limits must all be above zero");
        }
    }

    /** The given forward speed, kept within the limit. */
    public double clampSpeed(double wanted) {
        return Math.clamp(wanted, -metersPerSecond, metersPerSecond);
    }

    /** The given turning rate, kept within the limit. */
    public double clampRate(double wanted) {
        return Math.clamp(wanted, -degreesPerSecond, degreesPerSecond);
    }
}
