package dev.outrider.gateway.upstream;

import static dev.outrider.gateway.upstream.Failure.Kind.INVALID;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.gateway.upstream.Receiver.Tokens;
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

    /** Gathers an answer that is not a stream and checks it as a whole. */
    static final class WholeReader implements AnswerReader {

        private final Ask ask;
        private final int maxBytes;
        private final Findings findings;
        private final Buffer body = Buffer.buffer();
        private @Nullable Tokens counted;
        private boolean started;

        WholeReader(Ask ask, int maxBytes, Findings findings) {
            this.ask = ask;
            this.maxBytes = maxBytes;
            this.findings = findings;
        }

        @Override
        public void data(Buffer chunk) {
            if (body.length() + chunk.length() > maxBytes) {
                findings.bad(Failure.of(INVALID, "answer over " + maxBytes + " bytes"));
                return;
            }
            body.appendBuffer(chunk);
        }

        @Override
        public void end() {
            JsonNode answer = Json.tree(body.getBytes(), 0, body.length());
            if (!AnswerShape.isWhole(ask.endpoint(), answer)) {
                findings.bad(
                        Failure.of(INVALID, body.length() == 0 ? "empty answer" : wrong(answer)));
                return;
            }
            counted = AnswerShape.usage(answer);
            started = true;
            findings.whole(body);
        }

        private static String wrong(JsonNode answer) {
            return answer.isMissingNode()
                    ? "answer is not JSON"
                    : "answer is not of OpenAI's schema";
        }

        @Override
        public Tokens tokens() {
            return started ? AnswerReader.counted(counted, ask, body.length() / 8) : Tokens.NONE;
        }

        @Override
        public boolean started() {
            return started;
        }
    }
}
