package dev.outrider.ai.sense;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work of a sense that any thread can give up, before it begins or while it runs; once. Its thread
 * is interrupted while it runs and never later.
 */
public final class Cancellable {
    private @Nullable Thread worker;
    private boolean cancelled;

    /**
     * Does the work on the caller's thread.
     *
     * @return what it gave; empty if it was given up, even if it was done by then
     * @throws SenseException what the work threw, unless it was given up: then that is why
     */
    public <T> Optional<T> run(Supplier<T> work) {
        if (!begin()) {
            return Optional.empty();
        }
        Optional<T> done;
        try {
            done = Optional.of(work.get());
        } catch (SenseException e) {
            if (cancelled()) {
                return Optional.empty();
            }
            throw e;
        } finally {
            end();
        }
        return cancelled() ? Optional.empty() : done;
    }

    private synchronized boolean begin() {
        if (!cancelled) {
            worker = Thread.currentThread();
        }
        return !cancelled;
    }

    private synchronized void end() {
        worker = null;
        if (cancelled) {
            Thread.interrupted();
        }
    }

    private synchronized boolean cancelled() {
        return cancelled;
    }

    /** Gives it up; returns at once. */
    public synchronized void cancel() {
        cancelled = true;
        if (worker != null) {
            worker.interrupt();
        }
    }
}
