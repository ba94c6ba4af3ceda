package dev.outrider.hal.part;

/** Something the robot has. Failures of the device are {@link PartException}. */
public interface Part {

    /** The name this part has on its board, such as {@code drive} or {@code front}. */
    String name();

    /** What it can do, in which units and within which limits. */
    PartSheet sheet();

    /**
     * Goes to the declared safe state at once. May be called at any time, from any thread, any
     * number of times, also while the emergency stop is engaged. Sensors have nothing to do.
     */
    void rest();
}
