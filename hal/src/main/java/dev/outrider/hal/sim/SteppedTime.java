package dev.outrider.hal.sim;

import dev.outrider.hal.Timebase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Time that moves only when told to. Sleeping moves it, in steps of at most ten milliseconds, and
 * after each step everything that was registered is run, as threads beside the sleeper would have.
 * For one thread at a time.
 */
public final class SteppedTime implements Timebase {

    private static final long STEP_NANOS = Duration.ofMillis(10).toNanos();

    private final List<Runnable> companions = new CopyOnWriteArrayList<>();
    private volatile long nanos;

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        advance(duration);
    }

    /** Moves time on. */
    public void advance(Duration duration) {
        long end = nanos + duration.toNanos();
        while (nanos < end) {
            nanos = Math.min(end, nanos + STEP_NANOS);
            companions.forEach(Runnable::run);
        }
    }

    /** Runs the companion after every step from now on. */
    public void onStep(Runnable companion) {
        companions.add(companion);
    }
}
