package dev.outrider.ai.llama;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Makes text of the bytes of tokens. A token may hold a part of a character, and a stop text may be
 * spread over tokens, so what could still become either is held back.
 */
final class TextAssembler {
    private static final int LONGEST_CHARACTER_BYTES = 4;

    private final CharsetDecoder decoder =
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private ByteBuffer incomplete = ByteBuffer.allocate(0);
    private boolean stopped;

    TextAssembler(List<String> stops) {
        this.stops = stops;
    }

    /** Takes the bytes of a token and gives the text that is certain now, perhaps none. */
    String feed(byte[] bytes) {
        held.append(decode(bytes, false));
        int stop = firstStop();
        if (stop >= 0) {
            stopped = true;
            held.setLength(stop);
            return release(stop);
        }
        return release(held.length() - beginningOfStop());
    }

    /** Whether a stop text has appeared; then nothing more comes. */
    boolean stopped() {
        return stopped;
    }

    /** What was still held back when the answer ended. */
    String flush() {
        if (!stopped) {
            held.append(decode(new byte[0], true));
        }
        return release(held.length());
    }

    private CharBuffer decode(byte[] bytes, boolean last) {
        var input =
                ByteBuffer.allocate(incomplete.remaining() + bytes.length)
                        .put(incomplete)
                        .put(bytes)
                        .flip();
        var output = CharBuffer.allocate(input.remaining() + LONGEST_CHARACTER_BYTES);
        decoder.decode(input, output, last);
        incomplete = input.slice();
        return output.flip();
    }

    private int firstStop() {
        int first = -1;
        for (String stop : stops) {
            int at = held.indexOf(stop);
            first = at >= 0 && (first < 0 || at < first) ? at : first;
        }
        return first;
    }

    private int beginningOfStop() {
        int longest = 0;
        for (String stop : stops) {
            longest = Math.max(longest, beginningOf(stop));
        }
        return longest;
    }

    private int beginningOf(String stop) {
        int longest = Math.min(stop.length() - 1, held.length());
        for (int length = longest; length > 0; length--) {
            if (stop.startsWith(held.substring(held.length() - length))) {
                return length;
            }
        }
        return 0;
    }

    private String release(int length) {
        var text = held.substring(0, length);
        held.delete(0, length);
        return text;
    }
}
