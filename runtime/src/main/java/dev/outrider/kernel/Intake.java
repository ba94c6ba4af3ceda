package dev.outrider.kernel;

import dev.outrider.model.Command;
import dev.outrider.model.CommandId;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** What links hand in. */
public interface Intake {

    /**
     * Takes a command.
     *
     * @param timeAllowed until its deadline; zero or less is expired already
     * @return completes once the command is safe to acknowledge, with a {@link JournalFailure} if
     *     it could not be stored and must be sent again
     */
    CompletionStage<Void> command(Command command, Duration timeAllowed);

    /** Cancels a command, waiting or running; its client gets the outcome. */
    CompletionStage<Void> cancel(CommandId id, String client);

    /**
     * Answers the question that a command's plan was read back with.
     *
     * @param yes whether the plan is to be carried out; the command is cancelled otherwise
     */
    CompletionStage<Void> answer(CommandId id, boolean yes, String client);

    /** Engages the emergency stop, at once and on the caller's thread. */
    void emergencyStop(String by);
}
