package dev.outrider.model;

import java.util.Locale;

/** When the robot reads back what it understood and waits for a yes. */
public enum AskPolicy {
    /** Where two readers differ, or words were left unread. */
    ASK_WHEN_UNSURE,
    /** Never: what it is not sure of it refuses, for nobody may be there to answer. */
    NEVER_ASK,
    /** Before every plan that was made from words. */
    ALWAYS_ASK;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
