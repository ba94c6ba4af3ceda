package dev.outrider.kernel;

import org.jspecify.annotations.Nullable;

/** A reasoner broke, or its answer could not be read; the message is a clause for people. */
public final class ReasoningFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean repairable;

    private final String complaint;

    private ReasoningFailure(String message, @Nullable Throwable cause, boolean repairable) {
        super(message, cause);
        this.complaint = message;
        this.repairable = repairable;
    }

    /** The reasoner itself failed: unreachable, out of time, crashed. */
    public static ReasoningFailure broke(String message, Throwable cause) {
        return new ReasoningFailure(message, cause, false);
    }

    /** The reasoner was not asked, or failed without a cause worth keeping. */
    public static ReasoningFailure broke(String message) {
        return new ReasoningFailure(message, null, false);
    }

    /** It answered, and the answer could not be read; it may be asked once to mend it. */
    public static ReasoningFailure unreadable(String message) {
        return new ReasoningFailure(message, null, true);
    }

    /** What went wrong, a clause for people. */
    public String complaint() {
        return complaint;
    }

    /** Whether asking the same reasoner again may help. */
    public boolean repairable() {
        return repairable;
    }
}
