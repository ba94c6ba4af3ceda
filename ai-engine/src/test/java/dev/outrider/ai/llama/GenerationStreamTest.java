package dev.outrider.ai.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GenerationStreamTest {
    private static final Completion COMPLETION =
            new Completion(FinishReason.STOP, 3, 0, 4, 0, 0, 1);

    private long now;
    private final GenerationStream stream = new GenerationStream(() -> {}, () -> now);

    @Test
    void handsTheFirstPieceOverAtOnce() {
        stream.piece("Once");
        stream.piece(" upon");
        stream.done(COMPLETION);

        assertThat(stream.next()).isEqualTo("Once");
        assertThat(stream.next()).isEqualTo(" upon");
        assertThat(stream.hasNext()).isFalse();
        assertThat(stream.completion()).isEqualTo(COMPLETION);
    }

    @Test
    void joinsPiecesThatComeFasterThanTheyCanBeRead() {
        stream.piece("Once");
        stream.piece(" upon");
        stream.piece(" a");
        now += GenerationStream.NANOS_BETWEEN_PIECES;
        stream.piece(" time");
        stream.piece(" there");
        stream.done(COMPLETION);

        assertThat(stream).toIterable().containsExactly("Once", " upon a time", " there");
    }

    @Test
    void handsEachPieceOverWhereTheyComeSlowly() {
        for (String piece : new String[] {"a", "b", "c"}) {
            stream.piece(piece);
            now += GenerationStream.NANOS_BETWEEN_PIECES;
        }
        stream.done(COMPLETION);

        assertThat(stream).toIterable().containsExactly("a", "b", "c");
    }

    @Test
    void handsOverWhatItHoldsBeforeAFailure() {
        stream.piece("a");
        stream.piece("b");
        stream.failed(new LlamaException("the context's memory is full"));

        assertThat(stream.next()).isEqualTo("a");
        assertThat(stream.next()).isEqualTo("b");
        assertThatThrownBy(stream::hasNext)
                .isInstanceOf(LlamaException.class)
                .hasMessage("the context's memory is full");
    }
}
