package dev.outrider.ai.fit;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Measures how fast this machine moves memory, which bounds how fast a model generates. */
public final class Bandwidth {
    private static final long BYTES = 256L << 20;
    private static final int PASSES = 5;

    private Bandwidth() {}

    /**
     * Copies blocks larger than caches side by side and gives the best of several passes.
     *
     * @param threads that copy; as many as will generate
     * @return bytes read and written per second by all of them
     */
    public static double measure(int threads) {
        long block = BYTES / 2 / threads;
        try (var arena = Arena.ofShared();
                var pool = Executors.newFixedThreadPool(threads)) {
            var copies = new ArrayList<Runnable>();
            for (int i = 0; i < threads; i++) {
                var source = arena.allocate(block).fill((byte) 1);
                var target = arena.allocate(block).fill((byte) 2);
                copies.add(() -> MemorySegment.copy(source, 0, target, 0, block));
            }
            long best = Long.MAX_VALUE;
            for (int pass = 0; pass < PASSES; pass++) {
                best = Math.min(best, time(pool, copies));
            }
            return 2.0 * block * threads * 1e9 / best;
        }
    }

    private static long time(ExecutorService pool, List<Runnable> copies) {
        long start = System.nanoTime();
        try {
            for (Future<?> copy : copies.stream().map(pool::submit).toList()) {
                copy.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FitException("interrupted while measuring memory");
        } catch (ExecutionException e) {
            throw new IllegalStateException("copying memory failed", e);
        }
        return Math.max(1, System.nanoTime() - start);
    }
}
