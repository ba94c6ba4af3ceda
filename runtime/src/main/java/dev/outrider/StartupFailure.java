package dev.outrider;

/** The robot cannot start; the message is one line with the cause and the way out. */
public final class StartupFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StartupFailure(String message) {
        super(message);
    }

    public StartupFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** The one line. */
    public String line() {
        return String.valueOf(getMessage());
    }
}
