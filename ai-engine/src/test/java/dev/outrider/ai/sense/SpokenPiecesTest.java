package dev.outrider.ai.sense;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SpokenPiecesTest {
    @Test
    void aLongFirstSentenceIsBrokenWhereASpeakerBreathes() {
        assertThat(SpokenPieces.of("I can see a red cup on the table, and a cat beside it. Fine."))
                .containsExactly(
                        "I can see a red cup on the table,", "and a cat beside it.", "Fine.");
        assertThat(
                        SpokenPieces.of(
                                "Primero voy hasta la puerta roja y luego espero diez segundos."))
                .containsExactly(
                        "Primero voy hasta la puerta roja", "y luego espero diez segundos.");
    }

    @Test
    void otherSentencesStayWhole() {
        assertThat(SpokenPieces.of("Yes. I can see a red cup on the table, and a cat beside it."))
                .containsExactly("Yes.", "I can see a red cup on the table, and a cat beside it.");
        assertThat(SpokenPieces.of("It is 2.5 meters, or more?\nStop!"))
                .containsExactly("It is 2.5 meters, or more?", "Stop!");
    }

    @Test
    void nothingIsTooLongToBeSpokenAndNoWordIsLost() {
        var text = "word ".repeat(300).strip();

        var pieces = SpokenPieces.of(text);

        assertThat(pieces).allSatisfy(piece -> assertThat(piece.length()).isLessThan(241));
        assertThat(String.join(" ", pieces)).isEqualTo(text);
        assertThat(SpokenPieces.of("x".repeat(1000))).hasSize(5);
    }

    @Test
    void whatIsBlankIsNotSpoken() {
        assertThat(SpokenPieces.of(" \n \n ")).isEmpty();
    }
}
