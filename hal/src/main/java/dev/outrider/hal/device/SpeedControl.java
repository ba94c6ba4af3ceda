package dev.outrider.hal.device;

/**
 * Holds a wheel's speed: feed-forward plus proportional-integral control, whose integral stands
 * still while the output is at its bound (clamping anti-windup; Åström and Murray, "Feedback
 * Systems", section 11.4).
 */
final class SpeedControl {

    /**
     * How strongly it acts, in shares of full power.
     *
     * @param feedForward for each metre per second wanted
     * @param proportional for each metre per second missing
     * @param integral for each metre per second missing, each second
     */
    record Gains(double feedForward, double proportional, double integral) {

        /** Fitting for a wheel that does the given speed at full power. */
        static Gains of(double highestMetersPerSecond) {
            return new Gains(
                    1 / highestMetersPerSecond,
                    1 / highestMetersPerSecond,
                    6 / highestMetersPerSecond);
        }
    }

    private final Gains gains;
    private double integral;

    SpeedControl(Gains gains) {
        this.gains = gains;
    }

    /**
     * The power, -1..1, for the speed wanted, the speed measured, and the time since the last call.
     */
    double next(double wanted, double measured, double seconds) {
        double error = wanted - measured;
        double grown = integral + gains.integral() * error * seconds;
        double power = gains.feedForward() * wanted + gains.proportional() * error + grown;
        if (Math.abs(power) <= 1) {
            integral = grown;
        }
        return Math.clamp(power, -1, 1);
    }

    void reset() {
        integral = 0;
    }
}
