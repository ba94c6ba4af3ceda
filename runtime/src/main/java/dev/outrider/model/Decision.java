package dev.outrider.model;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who decided an answer, why, and what was degraded.
 *
 * @param decider the rung's wire name, or {@value #CONTROLLER} where the plan came with the command
 * @param model the model's or rule set's name; empty if none took part
 * @param reason why this rung, a clause for people
 * @param degraded what the robot did without
 * @param cloudLastReached when the cloud last answered, or null if it never did
 * @param accord what the two readers of the words made of them, or null where nobody read any
 */
public record Decision(
        String decider,
        String model,
        String reason,
        List<Degradation> degraded,
        @Nullable Instant cloudLastReached,
        @Nullable Accord accord) {

    /**
     * Whose reading of the words was followed.
     *
     * @param sure 0 to 1: how sure they were; {@code NaN} if they cannot tell
     */
    public record Accord(Readers readers, double sure) {

        /** The same, once somebody was asked and said yes. */
        public Accord asked() {
            return new Accord(Readers.ASKED, sure);
        }
    }

    /** The lower-case name is the agreement on the wire. */
    public enum Readers {
        /** The rules and the model read the same. */
        BOTH,
        PARSER,
        MODEL,
        /** Whoever sent the words was asked, and said yes. */
        ASKED;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The decider of a plan that its sender made. */
    public static final String CONTROLLER = "controller";

    public Decision {
        degraded = List.copyOf(degraded);
    }

    /** A decision on no words. */
    public Decision(
            String decider,
            String model,
            String reason,
            List<Degradation> degraded,
            @Nullable Instant cloudLastReached) {
        this(decider, model, reason, degraded, cloudLastReached, null);
    }

    /** The same decision by that accord. */
    public Decision by(@Nullable Accord other) {
        return new Decision(decider, model, reason, degraded, cloudLastReached, other);
    }
}
