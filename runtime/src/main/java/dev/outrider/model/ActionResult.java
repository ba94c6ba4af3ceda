package dev.outrider.model;

import java.util.Locale;

/** What became of one action of a plan. */
public record ActionResult(Action action, Kind kind, String detail) {

    /** Its kind; the lower-case name is the action's outcome on the wire. */
    public enum Kind {
        DONE,
        /** Its condition did not hold. */
        SKIPPED,
        FAILED,
        CANCELLED,
        /** The process died while it ran. */
        UNCERTAIN,
        /** Never begun. */
        NOT_STARTED;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
