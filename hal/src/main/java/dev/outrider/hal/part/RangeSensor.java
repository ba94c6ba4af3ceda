package dev.outrider.hal.part;

import java.util.OptionalDouble;

/** Measures how far the nearest thing in one direction is. */
public interface RangeSensor extends Part {

    /** Metres from the robot's hull to the nearest thing seen; empty is no echo within reach. */
    OptionalDouble meters();

    @Override
    default void rest() {}
}
