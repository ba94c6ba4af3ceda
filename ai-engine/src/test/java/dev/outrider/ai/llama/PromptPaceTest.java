package dev.outrider.ai.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.ai.testing.SyntheticModel;
import dev.outrider.ai.testing.SyntheticModel.Kind;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PromptPaceTest {
    private static final long MILLISECOND = 1_000_000;

    /** Ten layers with ten equal matrices each, which are as long as looking back 1,000 tokens. */
    private static final PromptPace.Work WORK =
            new PromptPace.Work(100_000_000, 1_000_000, 1000, 10);

    private final PromptPace pace = new PromptPace(WORK, 512);

    @Test
    void beginsWithFewTokens() {
        assertThat(pace.tokens(0)).isEqualTo(PromptPace.FIRST);
        assertThat(new PromptPace(WORK, 16).tokens(0)).isEqualTo(16);
    }

    @Test
    void takesAllThereIsRoomForWhereTheyAreQuick() {
        pace.took(64, 0, 64 * MILLISECOND); // a matrix for a token: 0.01 ms

        assertThat(pace.tokens(0)).isEqualTo(512);
    }

    @Test
    void takesFewerWhereTheyAreSlow() {
        pace.took(64, 0, 64 * 10 * MILLISECOND); // 0.1 ms, so 250 of them in 25 ms

        assertThat(pace.tokens(0)).isEqualTo(128);
    }

    @Test
    void takesFewerFarIntoAContext() {
        pace.took(64, 0, 64 * 10 * MILLISECOND);

        assertThat(pace.tokens(4000)).isEqualTo(32); // looking back takes four times as long
    }

    @Test
    void doesNotTakeADeepContextForASlowMachine() {
        pace.took(64, 10_000, 64 * 20 * MILLISECOND); // of which the matrices are half

        assertThat(pace.tokens(0)).isEqualTo(128);
    }

    @Test
    void neverTakesFewerThanPay() {
        pace.took(64, 0, 64_000 * MILLISECOND);

        assertThat(pace.tokens(0)).isEqualTo(PromptPace.LEAST);
    }

    @Test
    void learnsNothingFromSingleTokens() {
        pace.took(1, 0, 1000 * MILLISECOND);

        assertThat(pace.tokens(0)).isEqualTo(PromptPace.FIRST);
    }

    @Test
    void countsTheExpertsThatWork(@TempDir Path folder) throws IOException {
        var dense = SyntheticModel.small(Kind.LLAMA).write(folder.resolve("dense.gguf"));
        var mixed = SyntheticModel.small(Kind.MIXTRAL).write(folder.resolve("mixed.gguf"));

        var one = PromptPace.Work.of(ModelHeader.read(dense));
        var two = PromptPace.Work.of(ModelHeader.read(mixed));

        // 64 wide, 128 inside, 2 layers, 4 query heads and 2 key heads of 16; 2 experts of 8 work
        assertThat(one.largest()).isEqualTo(64 * 128);
        assertThat(one.matrices()).isEqualTo(2 * (2 * 64 * 64 + 2 * 64 * 32 + 3 * 64 * 128));
        assertThat(one.lookingBack()).isEqualTo(2 * 64);
        assertThat(two.largest()).isEqualTo(2 * 64 * 128);
        assertThat(two.matrices())
                .isEqualTo(one.matrices() + 2 * (3 * 64 * 128 + 64 * SyntheticModel.EXPERTS));
    }
}
