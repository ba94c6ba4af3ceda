package dev.outrider.gateway.upstream;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the answer to one request goes. Exactly one of {@link #whole}, {@link #done} and {@link
 * #failed} ends it; {@link #events} are whole server-sent events, each checked.
 */
public interface Receiver {

    /** A complete answer that is not a stream. */
    void whole(Buffer body, Account account);

    /** Some more of a stream. */
    void events(Buffer events);

    /** The stream is complete, its {@code [DONE]} sent. */
    void done(Account account);

    /** No answer, or after {@link #events} no rest of it. */
    void failed(Failure failure, Account account);

    /** Whether more events should wait. */
    boolean full();

    /** Calls {@code drained} once, when {@link #full} ends. */
    void onDrain(Runnable drained);

    /**
     * Tokens spent on one answer.
     *
     * @param prompt tokens read
     * @param completion tokens written
     * @param estimated true where the upstream did not count and the gateway guessed from sizes
     */
    record Tokens(long prompt, long completion, boolean estimated) {

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

    /**
     * What one request cost.
     *
     * @param upstream who answered, or was asked last; null where none was asked
     * @param microUsd price of the tokens in millionths of a US dollar, by the upstream's price
     *     list
     * @param calls upstream calls made
     * @param firstToken from the request's arrival to the first byte of the answer; null without
     *     one
     */
    record Account(
            @Nullable String upstream,
            Tokens tokens,
            long microUsd,
            int calls,
            @Nullable Duration firstToken) {}
}
