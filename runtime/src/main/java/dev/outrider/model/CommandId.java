package dev.outrider.model;

/**
 * A command's identity and idempotency key, chosen by its sender and the same on every resend.
 *
 * @param value 1 to {@value #MAX_LENGTH} characters, none of them a control character
 */
public record CommandId(String value) {

    /** The longest identity accepted, in characters. */
    public static final int MAX_LENGTH = 128;

    public CommandId {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a command id has 1 to " + MAX_LENGTH + " characters, not " + value.length());
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a command id has no control characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
