package dev.outrider.gateway.upstream;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Reads the body of an upstream's answer as it comes and decides whether it is one. */
interface AnswerReader {

    /**
     * What the answer turned out to be, told at most once through {@link #whole} … {@link #bad}.
     */
    interface Findings {

        void whole(Buffer body);

        /** Checked events of a stream, ready to be sent. */
        void events(Buffer events);

        /** The stream is complete. */
        void done();

        void bad(Failure failure);
    }

    void data(Buffer chunk);

    /** The upstream ended its answer in good order. */
    void end();

    /** What was spent so far; a guess where the upstream did not count. */
    Tokens tokens();

    /** Whether the first event, or the whole answer, is there. */
    boolean started();

    static AnswerReader of(Ask ask, int maxBytes, Findings findings) {
        return ask.streaming()
                ? new StreamReader(ask, maxBytes, findings)
                : new WholeReader(ask, maxBytes, findings);
    }

    static Tokens counted(@Nullable Tokens counted, Ask ask, long completion) {
        return counted != null ? counted : Tokens.guessed(ask.body().length(), completion);
    }
}
