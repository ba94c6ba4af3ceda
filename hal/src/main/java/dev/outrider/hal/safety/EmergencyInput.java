package dev.outrider.hal.safety;

/**
 * The physical emergency stop: a normally-closed contact, so that a pressed button, a cut wire and
 * a pulled plug all read as open.
 */
@FunctionalInterface
public interface EmergencyInput {

    /** Whether the circuit is open, which means stop. An exception counts as open. */
    boolean open();
}
