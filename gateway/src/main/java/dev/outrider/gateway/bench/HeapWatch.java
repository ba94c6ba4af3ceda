package dev.outrider.gateway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Collects a process's garbage early and late in a stretch of time, and keeps what was left. */
final class HeapWatch implements AutoCloseable {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<Double> early;
    private final ScheduledFuture<Double> late;

    private HeapWatch(Child child, Duration time) {
        early = at(time.dividedBy(4), child);
        late = at(time.multipliedBy(9).dividedBy(10), child);
    }

    /** Watches from now on. */
    static HeapWatch over(Child child, Duration time) {
        return new HeapWatch(child, time);
    }

    private ScheduledFuture<Double> at(Duration when, Child child) {
        return timer.schedule(child::liveHeapMb, when.toMillis(), TimeUnit.MILLISECONDS);
    }

    double earlyMb() throws InterruptedException {
        return measured(early);
    }

    double lateMb() throws InterruptedException {
        return measured(late);
    }

    private static double measured(Future<Double> future) throws InterruptedException {
        try {
            return future.get();
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw new UncheckedIOException(io);
            }
            throw new CompletionException(e.getCause());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
