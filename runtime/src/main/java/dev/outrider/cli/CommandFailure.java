package dev.outrider.cli;

/** A command cannot do what it was asked; the message is one line with cause and way out. */
final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandFailure(String message) {
        super(message);
    }
}
