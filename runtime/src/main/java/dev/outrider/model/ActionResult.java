package dev.outrider.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of one action of a plan.
 *
 * @param detail why it did not end well; empty otherwise
 * @param found what it found out, or null if it only did something
 */
public record ActionResult(Action action, Kind kind, String detail, @Nullable Observation found) {

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

    /** The result of an action that found nothing out. */
    public ActionResult(Action action, Kind kind, String detail) {
        this(action, kind, detail, null);
    }
}
