package dev.outrider.ai.llama;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidatesTest {
    private static final int SIZE = 5000;

    private final Random random = new Random(1);
    private final float[] values = new float[SIZE];
    private final Candidates candidates = new Candidates(SIZE);

    private MemorySegment logits() {
        return Arena.ofAuto().allocateFrom(JAVA_FLOAT, values);
    }

    private void fill() {
        for (int i = 0; i < SIZE; i++) {
            values[i] = (float) (5 * random.nextGaussian());
        }
    }

    @Test
    void knowsTheShareOfATokenToAHundredth() {
        fill();
        values[7] = 21;
        values[8] = 20;
        values[10] = 10;
        values[9] = Float.NEGATIVE_INFINITY;
        double sum = IntStream.range(0, SIZE).mapToDouble(i -> Math.exp(values[i])).sum();

        for (int token : new int[] {7, 8, 10}) {
            double share = Math.exp(values[token]) / sum;

            assertThat(candidates.probability(logits(), token))
                    .isCloseTo(share, offset(1e-2 * share));
        }
    }

    @Test
    void findsTheFirstOfTheLikeliest() {
        fill();
        values[4000] = 99;
        values[4001] = 99;

        assertThat(candidates.likeliest(logits())).isEqualTo(4000);
    }

    @Test
    void findsTheLikeliestFew() {
        fill();
        float[] sorted = values.clone();
        Arrays.sort(sorted);

        candidates.best(logits(), 240);

        assertThat(candidates.allowed(240)).isTrue();
        assertThat(candidates.allowed(241)).isFalse();
        assertThat(candidates.allowed().stream().count()).isEqualTo(240);
        assertThat(values[candidates.likeliest(0)]).isEqualTo(sorted[SIZE - 1]);
        assertThat(candidates.allowed().stream().mapToDouble(candidates::logit).min())
                .hasValue(sorted[SIZE - 240]);
    }
}
