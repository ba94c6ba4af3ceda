package dev.outrider.gateway.upstream;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts a byte stream into server-sent events, however the bytes are split on the way. Format: the
 * event stream chapter of the WHATWG HTML standard, without the lone carriage return as line end,
 * which no model server sends.
 */
final class SseReader {

    /**
     * One event.
     *
     * @param frame its bytes as they came, blank line included
     * @param data its data lines, joined; empty for a comment
     */
    record Event(Buffer frame, Buffer data) {}

    private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};

    private byte[] bytes = new byte[4096];
    private int length;
    private int scanned;
    private int frameStart;
    private int lineStart;
    private Buffer data = Buffer.buffer();

    /** Bytes that wait for the end of their event. */
    int pending() {
        return length - frameStart;
    }

    void feed(Buffer chunk, Consumer<Event> events) {
        append(chunk);
        while (scanned < length) {
            if (bytes[scanned++] == '\n') {
                line(events);
            }
        }
    }

    /** Ends the input: a last event may lack its blank line. */
    void end(Consumer<Event> events) {
        feed(Buffer.buffer("\n\n"), events);
    }

    private void append(Buffer chunk) {
        if (frameStart > 0) {
            System.arraycopy(bytes, frameStart, bytes, 0, length - frameStart);
            length -= frameStart;
            scanned -= frameStart;
            lineStart -= frameStart;
            frameStart = 0;
        }
        if (length + chunk.length() > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + chunk.length()));
        }
        chunk.getBytes(bytes, length);
        length += chunk.length();
    }

    private void line(Consumer<Event> events) {
        int end = scanned - 1;
        if (end > lineStart && bytes[end - 1] == '\r') {
            end--;
        }
        if (end > lineStart) {
            dataLine(end);
        } else {
            frame(events);
        }
        lineStart = scanned;
    }

    private void dataLine(int end) {
        int from = lineStart + DATA.length;
        if (end < from || !Arrays.equals(bytes, lineStart, from, DATA, 0, DATA.length)) {
            return;
        }
        if (from < end && bytes[from] == ' ') {
            from++;
        }
        if (data.length() > 0) {
            data.appendByte((byte) '\n');
        }
        data.appendBytes(bytes, from, end - from);
    }

    private void frame(Consumer<Event> events) {
        int from = frameStart;
        frameStart = scanned;
        if (lineStart > from) {
            Event event = new Event(Buffer.buffer().appendBytes(bytes, from, scanned - from), data);
            data = Buffer.buffer();
            events.accept(event);
        }
    }
}
