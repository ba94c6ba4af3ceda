package dev.outrider.kernel;

import dev.outrider.model.Command;

/**
 * A command on its way through the kernel.
 *
 * @param stop whether it says no more than stop
 */
record Job(Command command, boolean stop, Deadline deadline, Cancellation cancellation) {

    Job(Command command, boolean stop, Deadline deadline) {
        this(command, stop, deadline, new Cancellation());
    }
}
