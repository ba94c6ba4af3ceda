package dev.outrider.ai.fit;

/** What a model needs, or a machine has, cannot be computed; the message names what is missing. */
public final class FitException extends RuntimeException {
    public FitException(String message) {
        super(message);
    }
}
