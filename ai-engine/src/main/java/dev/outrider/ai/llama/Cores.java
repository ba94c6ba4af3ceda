package dev.outrider.ai.llama;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    private static final Set<Runnable> ABORTS = ConcurrentHashMap.newKeySet();
    private static final int LONGEST_END_SECONDS = 10;
    private static volatile boolean ending;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Cores::end, "llama-end"));
    }

    private Cores() {}

    /**
     * Stops all computations and waits for them: the end of the process takes libggml's tables away
     * from under them.
     */
    private static void end() {
        ending = true;
        ABORTS.forEach(Runnable::run);
        try {
            if (!FREE.tryAcquire(COUNT, LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("a model still computes; the process ends nevertheless");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has something called when the process ends, until it is told not to. */
    static void abortAtEnd(Runnable abort) {
        ABORTS.add(abort);
    }

    static void doNotAbortAtEnd(Runnable abort) {
        ABORTS.remove(abort);
    }

    /** As many threads as were asked for, or as there are cores. */
    static int atMost(int threads) {
        return Math.min(threads, COUNT);
    }

    /**
     * Waits for cores to be free.
     *
     * @param abandoned whether they are not wanted any more
     * @return false if so, or if the process ends; otherwise they must be given back
     */
    static boolean take(int threads, BooleanSupplier abandoned) {
        boolean interrupted = false;
        try {
            while (!ending && !abandoned.getAsBoolean()) {
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
