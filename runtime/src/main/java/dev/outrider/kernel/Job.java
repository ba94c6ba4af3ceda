package dev.outrider.kernel;

import dev.outrider.model.Command;

/** A command on its way through the kernel. */
record Job(Command command, Deadline deadline, Cancellation cancellation) {

    Job(Command command, Deadline deadline) {
        this(command, deadline, new Cancellation());
    }
}
