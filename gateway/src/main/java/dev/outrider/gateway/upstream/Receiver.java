package dev.outrider.gateway.upstream;

import io.vertx.core.buffer.Buffer;

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
}
