package dev.outrider.ai.llama;

/**
 * A beginning the model now knows.
 *
 * @param tokens of it
 * @param origin how it came to know them
 */
public record Prefix(int tokens, Origin origin) {
    /** Where the memory of a beginning came from. */
    public enum Origin {
        /** Read from a file. */
        READ,
        /** Computed, and written to a file for the next time. */
        COMPUTED,
        /** Computed, but other requests needed the memory before it could be written. */
        NOT_WRITTEN
    }
}
