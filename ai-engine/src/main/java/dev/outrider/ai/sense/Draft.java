package dev.outrider.ai.sense;

import dev.outrider.ai.sense.SpeechToText.Transcript;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Text that is written for the time being. It can be given up by another thread, at any time. */
final class Draft {
    private @Nullable Thread writer;
    private boolean cancelled;

    /** It could not be written. */
    static final class FailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FailedException(RuntimeException cause) {
            super(cause);
        }
    }

    /**
     * Writes it on the caller's thread.
     *
     * @return empty if it was given up, or the thread interrupted
     */
    Optional<Transcript> write(Supplier<Transcript> writing) {
        if (!begin()) {
            return Optional.empty();
        }
        Optional<Transcript> written;
        try {
            written = Optional.of(writing.get());
        } catch (SenseException.Cancelled e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            throw new FailedException(e);
        } finally {
            end();
        }
        return isCancelled() ? Optional.empty() : written;
    }

    private synchronized boolean begin() {
        if (!cancelled) {
            writer = Thread.currentThread();
        }
        return !cancelled;
    }

    /** What interrupted the draft is not to interrupt what follows on this thread. */
    private synchronized void end() {
        writer = null;
        if (cancelled) {
            Thread.interrupted();
        }
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Gives it up. */
    synchronized void cancel() {
        cancelled = true;
        if (writer != null) {
            writer.interrupt();
        }
    }
}
