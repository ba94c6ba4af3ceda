package dev.outrider.ai.sense;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.ai.sense.Endpointer.Timing;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** Driven by likelihoods, without a model. */
final class EndpointerTest {
    private static final double CHUNK = 0.032;

    private final Likelihoods sound = new Likelihoods();
    private final Endpointer endpointer = sound.endpointer();

    @Test
    void endsAnUtteranceAfterHalfASecondOfSilence() {
        sound.hear(0, 20);
        sound.hear(0.9, 30);

        assertThat(sound.hear(0, 15)).isEmpty();
        var utterance = endpointer.hear(Likelihoods.chunk(0)).orElseThrow();

        assertThat(utterance.from()).isEqualTo(20 * CHUNK);
        assertThat(utterance.to()).isEqualTo(50 * CHUNK);
        assertThat(utterance.timing()).isEqualTo(new Timing(21, 50, 66));
        assertThat(endpointer.running()).isZero();
    }

    @Test
    void keepsAThirdOfASecondBeforeTheFirstSoundAndTheSilenceBehindTheLast() {
        sound.hear(0.1, 5);
        sound.hear(0.2, 10);
        sound.hear(0.9, 8);
        var utterance = sound.hear(0.3, 16).orElseThrow();

        assertThat(Likelihoods.of(utterance.sound()))
                .hasSize(34)
                .startsWith(0.2)
                .containsSubsequence(Collections.nCopies(10, 0.2))
                .endsWith(Collections.nCopies(16, 0.3).toArray(Double[]::new))
                .doesNotContain(0.1);
    }

    @Test
    void hearsTheFirstChunkOfAllAsSpeech() {
        sound.hear(0.9, 10);

        var utterance = sound.hear(0, 16).orElseThrow();

        assertThat(utterance.from()).isZero();
        assertThat(Likelihoods.of(utterance.sound())).hasSize(26).startsWith(0.9);
    }

    @Test
    void hearsNothingInSilence() {
        assertThat(sound.hear(0.1, 200)).isEmpty();
        assertThat(sound.hear(0.49, 200)).as("not likely enough to begin").isEmpty();
        assertThat(endpointer.speaking()).isFalse();
        assertThat(endpointer.end()).isEmpty();
    }

    @Test
    void goesOnWhileSpeechIsLessLikelyThanItHadToBeToBegin() {
        sound.hear(0.9, 4);

        assertThat(sound.hear(0.36, 100)).isEmpty();
        assertThat(endpointer.speaking()).isTrue();
        assertThat(sound.hear(0.34, 16).orElseThrow().to()).isEqualTo(104 * CHUNK);
    }

    @Test
    void takesAClickForNoSpeech() {
        sound.hear(0.9, 3);

        assertThat(sound.hear(0, 40)).isEmpty();
        sound.hear(0.9, 2);
        sound.hear(0, 5);
        sound.hear(0.9, 1);
        assertThat(sound.hear(0, 40)).as("clicks").isEmpty();
        sound.hear(0.9, 4);
        assertThat(sound.hear(0, 16)).as("a word").isPresent();
    }

    @Test
    void bridgesAShortPause() {
        sound.hear(0.9, 10);
        sound.hear(0, 15);
        sound.hear(0.9, 10);

        var utterance = sound.hear(0, 16).orElseThrow();

        assertThat(utterance.from()).isZero();
        assertThat(utterance.to()).isEqualTo(35 * CHUNK);
    }

    @Test
    void cutsWhatGoesOnForThirtySecondsAndLosesNothing() {
        sound.hear(0, 20);
        assertThat(sound.hear(0.9, 926)).isEmpty();

        var first = endpointer.hear(Likelihoods.chunk(0.9)).orElseThrow();
        sound.hear(0.9, 30);
        var second = sound.hear(0, 16).orElseThrow();

        assertThat(first.sound().seconds()).isEqualTo(937 * CHUNK);
        assertThat(first.timing()).isEqualTo(new Timing(21, 947, 947));
        assertThat(second.from()).isEqualTo(first.to());
        assertThat(Likelihoods.of(second.sound())).as("nothing twice").hasSize(46);
    }

    @Test
    void givesWhatWasSaidSoFarWhenItIsEndedInTheMiddle() {
        sound.hear(0, 20);
        sound.hear(0.9, 12);
        sound.hear(0, 3);

        assertThat(endpointer.running()).isEqualTo(15 * CHUNK);
        assertThat(Likelihoods.of(endpointer.soFar().orElseThrow().sound())).hasSize(25);
        var utterance = endpointer.end().orElseThrow();

        assertThat(utterance.to()).isEqualTo(32 * CHUNK);
        assertThat(Likelihoods.of(utterance.sound())).hasSize(25);
        assertThat(utterance.timing()).isEqualTo(new Timing(21, 32, 35));
        assertThat(endpointer.end()).isEmpty();
        assertThat(sound.hear(0, 100)).isEmpty();
    }

    @Test
    void keepsTwoUtterancesApart() {
        sound.hear(0.9, 10);
        var first = sound.hear(0, 16).orElseThrow();
        sound.hear(0.1, 4);
        sound.hear(0.8, 10);
        var second = sound.hear(0, 16).orElseThrow();

        assertThat(first.to()).isEqualTo(10 * CHUNK);
        assertThat(second.from()).isEqualTo(30 * CHUNK);
        assertThat(second.timing()).isEqualTo(new Timing(31, 40, 56));
        assertThat(Likelihoods.of(second.sound())).hasSize(30).startsWith(0.1).doesNotContain(0.9);
    }

    @Test
    void dropsWhatIsBeingHeardAndKeepsNothingOfItForTheNext() {
        sound.hear(0.9, 10);
        endpointer.skip();

        assertThat(endpointer.running()).isZero();
        assertThat(sound.hear(0, 3)).isEmpty();
        sound.hear(0.8, 10);
        var utterance = sound.hear(0, 16).orElseThrow();

        assertThat(Likelihoods.of(utterance.sound())).hasSize(29).doesNotContain(0.9);
    }

    @Test
    void keepsACopyOfWhatItHears() {
        float[] chunk = Likelihoods.chunk(0.9);
        for (int i = 0; i < 10; i++) {
            chunk[0] = 0.9f;
            endpointer.hear(chunk);
            chunk[0] = 0;
        }

        assertThat(Likelihoods.of(endpointer.end().orElseThrow().sound())).containsOnly(0.9);
    }

    @Test
    void closesItsDetector() {
        endpointer.close();

        assertThat(sound.closed()).isTrue();
    }
}
