package dev.outrider.kernel;

import dev.outrider.kernel.Ladder.Ruling;
import dev.outrider.model.Command;
import org.jspecify.annotations.Nullable;

/**
 * A command on its way through the kernel.
 *
 * @param stop whether it says no more than stop
 * @param agreed the plan that its sender said yes to, or null
 */
record Job(
        Command command,
        boolean stop,
        Deadline deadline,
        Cancellation cancellation,
        Ruling.@Nullable Accepted agreed) {

    Job(Command command, boolean stop, Deadline deadline) {
        this(command, stop, deadline, new Cancellation(), null);
    }

    /** The same, once its sender said yes to that plan. */
    Job agreedOn(Ruling.Accepted plan) {
        return new Job(command, stop, deadline, cancellation, plan);
    }
}
