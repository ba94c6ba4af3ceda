package dev.outrider.kernel;

import dev.outrider.model.ActionResult;
import dev.outrider.model.Answer;
import dev.outrider.model.Command;
import dev.outrider.model.CommandId;
import dev.outrider.model.Decision;
import dev.outrider.model.Plan;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What is remembered across restarts, power cuts included. A stage completes once its change is on
 * disk, and completes with a {@link JournalFailure} if it is not.
 */
public interface Journal {

    /** Stores a command that is new, and tells what is known of one that is not. */
    CompletionStage<Receipt> receive(Command command, Instant deadline);

    /**
     * Marks that an action is about to be carried out; no actuator moves before the stage
     * completes.
     *
     * @param action its index in the plan
     */
    CompletionStage<Void> starting(CommandId id, Plan plan, Decision decision, int action);

    /** Notes what became of the next action of a plan. */
    CompletionStage<Void> performed(CommandId id, ActionResult result);

    /** Stores the answer and queues it for the client, both or neither. */
    CompletionStage<Void> answer(Command command, Answer answer);

    /**
     * Queues the answer again, the same to the byte, for a client who asked again; one that is not
     * there yet is sent once it is.
     *
     * @return whether the command is known
     */
    CompletionStage<Boolean> repeat(CommandId id, String client);

    /** Commands received and not answered, in the order they came. */
    List<Unfinished> unfinished();

    /** What is known of a command. */
    sealed interface Receipt {

        /** Never seen before; it is stored now. */
        record Fresh() implements Receipt {}

        /** Seen before with the same content, not answered yet. */
        record InProgress() implements Receipt {}

        /** Seen before with the same content, and answered. */
        record Answered() implements Receipt {}

        /** The id was used before with other content. */
        record Conflict() implements Receipt {}
    }

    /**
     * A command that a process left behind.
     *
     * @param command as received
     * @param deadline on the wall clock, which is all that survives a restart
     * @param started whether any action was marked as starting
     * @param plan what was decided; empty if nothing was started
     * @param performed what became of the first actions
     * @param decision who decided; never read unless started
     */
    record Unfinished(
            Command command,
            Instant deadline,
            boolean started,
            Plan plan,
            List<ActionResult> performed,
            Decision decision) {
        public Unfinished {
            performed = List.copyOf(performed);
        }
    }
}
