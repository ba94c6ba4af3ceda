package dev.outrider.ai.llama;

import java.util.Arrays;

/**
 * How many threads are fastest just now, found by measuring. Other programs come and go, and with
 * more threads than free cores libllama's spin; so now and then the neighbouring numbers are tried
 * for a few tokens, and a number that suddenly takes several times as long is left at once. Costs
 * are the shortest of a few, since every disturbance only makes them longer. For one thread.
 */
final class ThreadBudget {
    static final int TRIAL_TOKENS = 3;
    static final int TOKENS_BETWEEN_TRIALS = 64;
    private static final int MOST_TOKENS = 16;
    private static final int LONGEST_PAUSE = 64 * TOKENS_BETWEEN_TRIALS;
    private static final double COLLAPSE = 4;
    private static final double CLEARLY = 0.97;

    private final int most;
    private final long[] shortest;
    private int settled;
    private int current;
    private int measured;
    private int together = 1;
    private int pause = TOKENS_BETWEEN_TRIALS;
    private boolean upwards = true;

    /**
     * Begins with one thread less than there may be: the rest of the program needs something too.
     *
     * @param most threads there may be
     */
    ThreadBudget(int most) {
        this.most = most;
        shortest = new long[most + 1];
        Arrays.fill(shortest, Long.MAX_VALUE);
        settled = Math.max(1, most - 1);
        current = settled;
    }

    /** To be used for the next token. */
    int threads() {
        return current;
    }

    /** So few tokens took so long with the current number; prompts are no measure. */
    void took(int tokens, long nanos) {
        if (most == 1 || tokens > MOST_TOKENS) {
            return;
        }
        if (tokens != together) {
            together = tokens;
            begin(settled);
        }
        if (collapsed(nanos)) {
            settled = Math.max(1, current - 1);
            begin(settled);
            pause = Math.min(LONGEST_PAUSE, 2 * pause);
            upwards = true;
            return;
        }
        shortest[current] = Math.min(shortest[current], nanos);
        measured++;
        if (current != settled && measured == TRIAL_TOKENS) {
            judge();
        } else if (current == settled && measured >= pause) {
            tryNeighbour();
        }
    }

    private boolean collapsed(long nanos) {
        long usual = measured > 0 ? shortest[current] : shortest[settled];
        return current > 1 && usual != Long.MAX_VALUE && nanos > COLLAPSE * usual;
    }

    private void judge() {
        boolean better = shortest[current] < CLEARLY * shortest[settled];
        pause = better ? TOKENS_BETWEEN_TRIALS : Math.min(LONGEST_PAUSE, 2 * pause);
        settled = better ? current : settled;
        begin(settled);
    }

    private void tryNeighbour() {
        int neighbour = upwards ? settled + 1 : settled - 1;
        upwards = !upwards;
        begin(neighbour < 1 || neighbour > most ? settled : neighbour);
    }

    /** What was measured before is forgotten: the context was shorter then. */
    private void begin(int threads) {
        shortest[threads] = Long.MAX_VALUE;
        current = threads;
        measured = 0;
    }
}
