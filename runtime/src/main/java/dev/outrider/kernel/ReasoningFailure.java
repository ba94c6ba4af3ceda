package dev.outrider.kernel;

/** A reasoner broke, or its answer could not be read; the message is a clause for people. */
public final class ReasoningFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean repairable;

    private ReasoningFailure(String message, Throwable cause, boolean repairable) {
        super(message, cause);
        this.repairable = repairable;
    }

    /** The reasoner itself failed: unreachable, out of time, crashed. */
    public static ReasoningFailure broke(String message, Throwable cause) {
        return new ReasoningFailure(message, cause, false);
    }

    /** It answered, and the answer could not be read; it may be asked once to mend it. */
    public static ReasoningFailure unreadable(String message, Throwable cause) {
        return new ReasoningFailure(message, cause, true);
    }

    /** Whether asking the same reasoner again may help. */
    public boolean repairable() {
        return repairable;
    }
}
