package dev.outrider.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a command.
 *
 * @param id the command's
 * @param outcome how it ended
 * @param plan what was understood; empty if nothing was
 * @param actions what became of each action of the plan
 * @param says what it found out, as a sentence in the sender's language; empty if it found out
 *     nothing
 * @param decidedBy who decided, or null where it ended before anybody did
 */
public record Answer(
        CommandId id,
        Outcome outcome,
        Plan plan,
        List<ActionResult> actions,
        String says,
        @Nullable Decision decidedBy) {

    public Answer {
        actions = List.copyOf(actions);
    }

    /** An answer that found nothing out. */
    public Answer(
            CommandId id,
            Outcome outcome,
            Plan plan,
            List<ActionResult> actions,
            @Nullable Decision decidedBy) {
        this(id, outcome, plan, actions, "", decidedBy);
    }

    /** An answer given before anybody decided anything. */
    public static Answer undecided(CommandId id, Outcome outcome) {
        return new Answer(id, outcome, Plan.NONE, List.of(), null);
    }
}
