package dev.outrider.sense;

import dev.outrider.ai.sense.Cancellable;
import dev.outrider.kernel.Cancellation;

/** What ends the work of a sense when an action is cancelled. */
final class Interruption {

    private Interruption() {}

    /** Work that is given up when that is requested, at once if it was already. */
    static Cancellable of(Cancellation cancellation) {
        Cancellable work = new Cancellable();
        cancellation.onRequest(work::cancel);
        return work;
    }
}
