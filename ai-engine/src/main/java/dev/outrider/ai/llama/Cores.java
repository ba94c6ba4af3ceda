package dev.outrider.ai.llama;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The processor's cores, lent to native computations of all models in this process. libllama's
 * threads wait for each other by spinning: one thread more than there are free cores, and
 * generation falls to a tenth. So no computation gets more threads than there are cores, and
 * together they have no more either; who finds too few free waits for its turn.
 */
final class Cores {
    /** As many as this process may use. */
    static final int COUNT = Runtime.getRuntime().availableProcessors();

    private static final int LOOK_UP_MILLIS = 5;
    private static final Semaphore FREE = new Semaphore(COUNT, true);

    private Cores() {}

    /** As many threads as were asked for, or as there are cores. */
    static int atMost(int threads) {
        return Math.min(threads, COUNT);
    }

    /**
     * Waits for cores to be free.
     *
     * @param abandoned whether they are not wanted any more
     * @return false if so; otherwise they must be given back
     */
    static boolean take(int threads, BooleanSupplier abandoned) {
        boolean interrupted = false;
        try {
            while (!abandoned.getAsBoolean()) {
                try {
                    if (FREE.tryAcquire(threads, LOOK_UP_MILLIS, TimeUnit.MILLISECONDS)) {
                        return true;
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static void giveBack(int threads) {
        FREE.release(threads);
    }
}
