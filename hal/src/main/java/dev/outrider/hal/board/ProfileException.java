package dev.outrider.hal.board;

/** A board profile is wrong; says where, down to the line, and why. */
public final class ProfileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ProfileException(String source, int line, String reason) {
        this("%s:%d: %s".formatted(source, line, reason));
    }

    ProfileException(String message) {
        super(message);
    }
}
