package dev.outrider.hal.part;

/** Switches something on and off. Its board says which of the two is safe. */
public interface Relay extends Part {

    /**
     * Switches.
     *
     * @throws EmergencyStopEngagedException if the emergency stop is engaged
     */
    void set(boolean on);

    boolean on();
}
