package dev.outrider.ai.sense;

/** Something cannot be sensed: an input that cannot be read, or a model that cannot be used. */
public class SenseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Its thread was interrupted, which is how sensing and speaking are cancelled. */
    public static final class Cancelled extends SenseException {
        private static final long serialVersionUID = 1L;

        Cancelled() {
            super("cancelled");
        }
    }

    public SenseException(String message) {
        super(message);
    }

    public SenseException(String message, Throwable cause) {
        super(message, cause);
    }
}
