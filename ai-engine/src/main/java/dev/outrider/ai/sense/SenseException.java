package dev.outrider.ai.sense;

/** Something cannot be sensed: an input that cannot be read, or a model that cannot be used. */
public final class SenseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SenseException(String message) {
        super(message);
    }

    public SenseException(String message, Throwable cause) {
        super(message, cause);
    }
}
