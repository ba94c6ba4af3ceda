package dev.outrider.gateway.upstream;

/**
 * Tokens spent on one answer.
 *
 * @param prompt tokens read
 * @param completion tokens written
 * @param estimated true where the upstream did not count and the gateway guessed from sizes
 */
public record Tokens(long prompt, long completion, boolean estimated) {

    /** Nothing spent. */
    public static final Tokens NONE = new Tokens(0, 0, false);

    /** Bytes of JSON taken for one token where nobody counted; English prose has about four. */
    private static final int BYTES_PER_TOKEN = 4;

    public Tokens {
        if (prompt < 0 || completion < 0) {
            throw new IllegalArgumentException("tokens cannot be negative");
        }
    }

    static Tokens guessed(int requestBytes, long completion) {
        return new Tokens(requestBytes / BYTES_PER_TOKEN, completion, true);
    }

    public long total() {
        return prompt + completion;
    }
}
