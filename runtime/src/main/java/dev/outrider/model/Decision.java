package dev.outrider.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who decided an answer, why, and what was degraded.
 *
 * @param decider the rung's wire name, or {@value #CONTROLLER} where the plan came with the command
 * @param model the model's or rule set's name; empty if none took part
 * @param reason why this rung, a clause for people
 * @param degraded what the robot did without
 * @param cloudLastReached when the cloud last answered, or null if it never did
 */
public record Decision(
        String decider,
        String model,
        String reason,
        List<Degradation> degraded,
        @Nullable Instant cloudLastReached) {

    /** The decider of a plan that its sender made. */
    public static final String CONTROLLER = "controller";

    public Decision {
        degraded = List.copyOf(degraded);
    }
}
