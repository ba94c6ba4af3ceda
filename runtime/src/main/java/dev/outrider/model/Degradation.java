package dev.outrider.model;

import java.util.Locale;

/** What the robot does without at present; the lower-case name is announced on the wire. */
public enum Degradation {
    /** The cloud is not configured, not reachable, or its breaker is open. */
    NO_CLOUD,
    /** There is no local model, or it is not fit to answer now. */
    NO_LOCAL,
    /**
     * The local model runs with less context than the default promise: by the operator's choice, or
     * because it is the small one that is built in.
     */
    SHORT_CONTEXT,
    /** The robot's computer is too hot for a model. */
    HOT,
    /** The robot's computer is short of memory. */
    LOW_MEMORY,
    /** The battery is too low for a model. */
    LOW_BATTERY;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
