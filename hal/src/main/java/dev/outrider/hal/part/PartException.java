package dev.outrider.hal.part;

/** A part could not do what was asked; says which part, what was asked and why not. */
public class PartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PartException(String part, String attempted, String reason) {
        super("%s: %s: %s".formatted(part, attempted, reason));
    }

    public PartException(String part, String attempted, Throwable cause) {
        super("%s: %s: %s".formatted(part, attempted, cause.getMessage()), cause);
    }
}
