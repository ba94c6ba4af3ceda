package dev.outrider.ai.llama;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

final class ThreadBudgetTest {
    private final ThreadBudget budget = new ThreadBudget(4);

    @Test
    void beginsWithOneThreadLessThanThereMayBe() {
        assertThat(budget.threads()).isEqualTo(3);
        assertThat(new ThreadBudget(1).threads()).isEqualTo(1);
    }

    @Test
    void usesAllCoresWhenThatIsFastest() {
        generate(200, ThreadBudgetTest::idle);

        assertThat(budget.threads()).isEqualTo(4);
    }

    @Test
    void leavesACollapsedNumberAtOnce() {
        generate(200, ThreadBudgetTest::idle);

        generate(1, ThreadBudgetTest::oneCoreTaken);

        assertThat(budget.threads()).isEqualTo(3);
    }

    @Test
    void seldomTriesAgainWhatCollapsed() {
        generate(200, ThreadBudgetTest::idle);

        int slow = generate(2000, ThreadBudgetTest::oneCoreTaken);

        assertThat(slow).isBetween(1, 8);
        assertThat(budget.threads()).isEqualTo(3);
    }

    @Test
    void comesBackWhenTheCoreIsFreeAgain() {
        generate(200, ThreadBudgetTest::idle);
        generate(500, ThreadBudgetTest::oneCoreTaken);

        generate(6000, ThreadBudgetTest::idle);

        assertThat(budget.threads()).isEqualTo(4);
    }

    @Test
    void goesDownStepByStepWhereFewerAreFaster() {
        generate(1000, threads -> 1_000_000L * threads);

        assertThat(budget.threads()).isEqualTo(1);
    }

    @Test
    void takesNoMeasureFromPrompts() {
        for (int i = 0; i < 500; i++) {
            budget.took(512, 1_000_000_000L / (1 + i));
        }

        assertThat(budget.threads()).isEqualTo(3);
    }

    @Test
    void startsMeasuringAnewWhenMoreRequestsAreDecodedTogether() {
        generate(10, threads -> 1_000_000L);

        budget.took(4, 5_000_000L);

        assertThat(budget.threads()).isEqualTo(3);
    }

    private static long idle(int threads) {
        return 8_000_000L / threads;
    }

    private static long oneCoreTaken(int threads) {
        return threads < 4 ? idle(threads) : 90_000_000L;
    }

    /** How many tokens were generated with all four threads. */
    private int generate(int tokens, IntToLongFunction cost) {
        int all = 0;
        for (int i = 0; i < tokens; i++) {
            all += budget.threads() == 4 ? 1 : 0;
            budget.took(1, cost.applyAsLong(budget.threads()));
        }
        return all;
    }
}
