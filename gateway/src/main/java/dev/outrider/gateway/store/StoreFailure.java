package dev.outrider.gateway.store;

/** The database did not do what was asked; the message says what that was. */
public final class StoreFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoreFailure(String attempted, Throwable cause) {
        super("could not " + attempted + ": " + cause.getMessage(), cause);
    }
}
