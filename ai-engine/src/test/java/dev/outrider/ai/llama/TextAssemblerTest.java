package dev.outrider.ai.llama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TextAssemblerTest {
    @Test
    void holdsTheBytesOfAnUnfinishedCharacterBack() {
        var text = new TextAssembler(List.of());
        var robot = "\ud83e\udd16".getBytes(UTF_8);

        assertThat(text.feed(new byte[] {'a', robot[0], robot[1]})).isEqualTo("a");
        assertThat(text.feed(new byte[] {robot[2]})).isEmpty();
        assertThat(text.feed(new byte[] {robot[3], 'b'})).isEqualTo("\ud83e\udd16b");
    }

    @Test
    void marksWhatNeverBecameACharacter() {
        var text = new TextAssembler(List.of());

        assertThat(text.feed(new byte[] {'a', (byte) 0xE4})).isEqualTo("a");
        assertThat(text.flush()).isEqualTo("\ufffd");
    }

    @Test
    void holdsTheBeginningOfAStopTextBack() {
        var text = new TextAssembler(List.of("</end>"));

        assertThat(feed(text, "ok <")).isEqualTo("ok ");
        assertThat(feed(text, "/en")).isEmpty();
        assertThat(feed(text, "try")).isEqualTo("</entry");
        assertThat(text.stopped()).isFalse();
    }

    @Test
    void endsBeforeTheFirstStopText() {
        var text = new TextAssembler(List.of("zz", "</end>"));

        assertThat(feed(text, "ok </en")).isEqualTo("ok ");
        assertThat(feed(text, "d> zz")).isEmpty();
        assertThat(text.stopped()).isTrue();
        assertThat(text.flush()).isEmpty();
    }

    @Test
    void givesWhatItHeldBackWhenNoStopTextCame() {
        var text = new TextAssembler(List.of("</end>"));

        assertThat(feed(text, "ok </e")).isEqualTo("ok ");
        assertThat(text.flush()).isEqualTo("</e");
    }

    private static String feed(TextAssembler text, String piece) {
        return text.feed(piece.getBytes(UTF_8));
    }
}
