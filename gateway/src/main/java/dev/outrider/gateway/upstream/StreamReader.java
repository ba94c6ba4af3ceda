package dev.outrider.gateway.upstream;

import static dev.outrider.gateway.upstream.Failure.Kind.BROKEN;
import static dev.outrider.gateway.upstream.Failure.Kind.CUT;
import static dev.outrider.gateway.upstream.Failure.Kind.INVALID;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.gateway.upstream.Receiver.Tokens;
import io.vertx.core.buffer.Buffer;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks a stream event by event and passes on the bytes of those that are whole and well formed.
 * Comments before the first event are dropped: they are no answer yet.
 */
final class StreamReader implements AnswerReader {

    private static final Buffer DONE = Buffer.buffer("[DONE]");
    private static final Buffer DONE_FRAME = Buffer.buffer("data: [DONE]\n\n");

    /** OpenAI's limit of choices is 128; a stream beyond this is none. */
    private static final int MAX_CHOICES = 1024;

    private final Ask ask;
    private final int maxBytes;
    private final Findings findings;
    private final SseReader sse = new SseReader();
    private final BitSet open = new BitSet();
    private Buffer ready = Buffer.buffer();
    private @Nullable Tokens counted;
    private long chunks;
    private boolean finished;
    private boolean over;

    StreamReader(Ask ask, int maxBytes, Findings findings) {
        this.ask = ask;
        this.maxBytes = maxBytes;
        this.findings = findings;
    }

    @Override
    public void data(Buffer chunk) {
        sse.feed(chunk, this::event);
        flush();
        if (!over && sse.pending() > maxBytes) {
            bad(Failure.of(INVALID, "event over " + maxBytes + " bytes"));
        }
    }

    @Override
    public void end() {
        sse.end(this::event);
        if (over) {
            return;
        }
        if (finished && open.isEmpty()) {
            done();
        } else if (chunks == 0) {
            bad(Failure.of(INVALID, "empty stream"));
        } else {
            bad(Failure.of(CUT, "stream ended before its last event"));
        }
    }

    private void event(SseReader.Event event) {
        if (over) {
            return;
        }
        Buffer data = event.data();
        if (data.length() == 0) {
            pass(event.frame(), chunks > 0);
        } else if (data.equals(DONE)) {
            doneEvent();
        } else {
            chunk(event.frame(), Json.tree(data.getBytes(), 0, data.length()));
        }
    }

    private void doneEvent() {
        if (chunks == 0) {
            bad(Failure.of(INVALID, "empty stream"));
        } else {
            done();
        }
    }

    private void chunk(Buffer frame, JsonNode chunk) {
        if (chunk.hasNonNull("error")) {
            bad(Failure.of(BROKEN, "upstream reported an error in its stream"));
            return;
        }
        if (!AnswerShape.isChunk(chunk)) {
            bad(Failure.of(INVALID, "event is not of OpenAI's schema"));
            return;
        }
        chunks++;
        JsonNode choices = chunk.path("choices");
        choices.forEach(this::choice);
        Tokens usage = AnswerShape.usage(chunk);
        counted = usage != null ? usage : counted;
        pass(frame, ask.usageWanted() || !choices.isEmpty() || usage == null);
    }

    private void choice(JsonNode choice) {
        int index = Math.clamp(choice.path("index").intValue(), 0, MAX_CHOICES);
        boolean last = choice.hasNonNull("finish_reason");
        open.set(index, !last);
        finished |= last;
    }

    private void pass(Buffer frame, boolean wanted) {
        if (wanted) {
            ready.appendBuffer(frame);
        }
    }

    private void flush() {
        if (ready.length() > 0) {
            Buffer events = ready;
            ready = Buffer.buffer();
            findings.events(events);
        }
    }

    private void done() {
        over = true;
        pass(DONE_FRAME, true);
        flush();
        findings.done();
    }

    private void bad(Failure failure) {
        over = true;
        flush();
        findings.bad(failure);
    }

    @Override
    public Tokens tokens() {
        return chunks == 0 ? Tokens.NONE : AnswerReader.counted(counted, ask, chunks);
    }

    @Override
    public boolean started() {
        return chunks > 0;
    }
}
