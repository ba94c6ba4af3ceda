package dev.outrider.hal.part;

import java.util.OptionalDouble;

/** Turns something to an angle and holds it there. Its board says what its safe state is. */
public interface Servo extends Part {

    /**
     * Goes to an angle, degrees to the left of its middle.
     *
     * @throws IllegalArgumentException if that is not within the sheet's {@code angle}
     * @throws EmergencyStopEngagedException if the emergency stop is engaged
     */
    void turnTo(double degrees);

    /** Where it was last told to be; empty while it holds nothing. */
    OptionalDouble degrees();
}
