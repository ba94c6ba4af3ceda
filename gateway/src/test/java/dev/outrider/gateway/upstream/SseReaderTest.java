package dev.outrider.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SseReaderTest {

    @SuppressWarnings("StringConcatToTextBlock") // its line ends differ
    private static final String STREAM =
            ": hello\n\n"
                    + "data: {\"a\":\"–\"}\n\n"
                    + "event: x\r\n"
                    + "data:two\r\n"
                    + "data: lines\r\n\r\n\n"
                    + "data: [DONE]\n\n";

    private final SseReader reader = new SseReader();
    private final List<String> data = new ArrayList<>();
    private final List<String> frames = new ArrayList<>();

    @Test
    void readsCommentsDataAndJoinedLines() {
        reader.feed(Buffer.buffer(STREAM), this::take);

        assertThat(data).containsExactly("", "{\"a\":\"–\"}", "two\nlines", "[DONE]");
        assertThat(reader.pending()).isZero();
    }

    @Test
    void readsTheSameWhateverTheSplit() {
        Buffer all = Buffer.buffer(STREAM);
        for (int i = 0; i < all.length(); i++) {
            reader.feed(all.getBuffer(i, i + 1), this::take);
        }

        assertThat(data).containsExactly("", "{\"a\":\"–\"}", "two\nlines", "[DONE]");
        assertThat(String.join("", frames)).isEqualTo(STREAM.replace("\r\n\r\n\n", "\r\n\r\n"));
    }

    @Test
    void holdsAnEventBackUntilItIsWhole() {
        reader.feed(Buffer.buffer("data: {\"half\":"), this::take);

        assertThat(data).isEmpty();
        assertThat(reader.pending()).isEqualTo(14);
    }

    @Test
    void takesALastEventWithoutItsBlankLine() {
        reader.feed(Buffer.buffer("data: [DONE]"), this::take);
        reader.end(this::take);

        assertThat(data).containsExactly("[DONE]");
    }

    private void take(SseReader.Event event) {
        data.add(event.data().toString());
        frames.add(event.frame().toString());
    }
}
