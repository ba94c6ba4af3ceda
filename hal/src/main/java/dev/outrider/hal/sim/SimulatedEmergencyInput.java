package dev.outrider.hal.sim;

import dev.outrider.hal.safety.EmergencyInput;

/** A red button one can press and unlock. */
public final class SimulatedEmergencyInput implements EmergencyInput {

    private volatile boolean pressed;

    /** Opens the circuit. */
    public void press() {
        pressed = true;
    }

    /** Closes it again, which by itself releases nothing. */
    public void unlock() {
        pressed = false;
    }

    @Override
    public boolean open() {
        return pressed;
    }
}
