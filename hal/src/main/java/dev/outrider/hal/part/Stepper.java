package dev.outrider.hal.part;

/**
 * Turns a shaft by counted steps. Its safe state is to stop where it is; its board says whether it
 * goes on holding.
 */
public interface Stepper extends Part {

    /**
     * Starts towards an angle, counted from where the shaft was when the part was made; returns
     * before it is there.
     *
     * @throws IllegalArgumentException if that is not within the sheet's {@code angle}
     * @throws EmergencyStopEngagedException if the emergency stop is engaged
     */
    void turnTo(double degrees);

    /** Where the steps made so far have taken it. */
    double degrees();

    boolean moving();
}
