package dev.outrider.ai.sense;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class WordErrorRateTest {
    @Test
    void caseAndPunctuationAndDigitsDoNotCount() {
        assertThat(
                        WordErrorRate.of(
                                "Drive two meters, then turn.", "drive 2 meters then turn", "en"))
                .isEqualTo(new WordErrorRate(5, 0));
        assertThat(WordErrorRate.of("Gira noventa grados.", "gira 90°", "es"))
                .isEqualTo(new WordErrorRate(3, 0));
    }

    @Test
    void wrongAndMissingAndExtraWordsDo() {
        assertThat(WordErrorRate.of("a b c d", "a x c d", "en").errors()).isEqualTo(1);
        assertThat(WordErrorRate.of("a b c d", "a c d", "en").errors()).isEqualTo(1);
        assertThat(WordErrorRate.of("a b c d", "a b b c d", "en").errors()).isEqualTo(1);
        assertThat(WordErrorRate.of("a b c d", "", "en").rate()).isEqualTo(1);
        assertThat(WordErrorRate.of("", "a", "en").rate()).isEqualTo(1);
        assertThat(WordErrorRate.of("esta", "está", "es").errors()).isEqualTo(1);
        assertThat(new WordErrorRate(4, 1).plus(new WordErrorRate(6, 1)).rate()).isEqualTo(0.2);
    }

    @Test
    void numbersAreSpelled() {
        assertThat(SpelledNumber.of(0, false)).isEqualTo("zero");
        assertThat(SpelledNumber.of(121, false)).isEqualTo("one hundred twenty one");
        assertThat(SpelledNumber.of(40_017, false)).isEqualTo("forty thousand seventeen");
        assertThat(SpelledNumber.of(999_999, false))
                .isEqualTo("nine hundred ninety nine thousand nine hundred ninety nine");
        assertThat(SpelledNumber.of(31, true)).isEqualTo("treinta y uno");
        assertThat(SpelledNumber.of(100, true)).isEqualTo("cien");
        assertThat(SpelledNumber.of(1_101, true)).isEqualTo("mil ciento uno");
        assertThat(SpelledNumber.of(90_022, true)).isEqualTo("noventa mil veintidós");
        assertThat(WordErrorRate.words("2.5 m", "en")).containsExactly("two", "point", "five", "m");
        assertThat(WordErrorRate.words("2,5 m", "es")).containsExactly("dos", "coma", "cinco", "m");
    }
}
