package dev.outrider.hal.part;

/**
 * A hand that closes on things. Its safe state is to stay as it is: what it holds is not dropped.
 */
public interface Gripper extends Part {

    /**
     * Closes.
     *
     * @throws EmergencyStopEngagedException if the emergency stop is engaged
     */
    void grip();

    /**
     * Opens.
     *
     * @throws EmergencyStopEngagedException if the emergency stop is engaged
     */
    void release();

    /** Whether the fingers are closed. */
    boolean closed();

    @Override
    default PartSheet sheet() {
        return PartSheet.actuator(
                "gripper", "stays as it is", PartSheet.commanded("closed", "share", 0, 1));
    }
}
