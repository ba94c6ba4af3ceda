package dev.outrider.model;

import java.util.Locale;

/** A rung of the ladder of reasoners. */
public enum Rung {
    /** A large model behind the gateway. */
    CLOUD,
    /** A quantized model on the robot. */
    LOCAL,
    /** Rules that need no model. */
    REFLEX;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
