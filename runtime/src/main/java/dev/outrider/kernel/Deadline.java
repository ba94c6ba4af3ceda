package dev.outrider.kernel;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A point on the monotonic clock by which something must be over. */
public final class Deadline {

    private final LongSupplier nanoTime;
    private final long atNanos;

    private Deadline(LongSupplier nanoTime, long atNanos) {
        this.nanoTime = nanoTime;
        this.atNanos = atNanos;
    }

    /**
     * The deadline that far from now.
     *
     * @param nanoTime a monotonic clock in nanoseconds, such as {@link System#nanoTime}
     */
    public static Deadline in(Duration timeAllowed, LongSupplier nanoTime) {
        return new Deadline(nanoTime, nanoTime.getAsLong() + timeAllowed.toNanos());
    }

    /** What is left of it; negative once it passed. */
    public Duration timeLeft() {
        return Duration.ofNanos(atNanos - nanoTime.getAsLong());
    }

    public boolean passed() {
        return atNanos - nanoTime.getAsLong() <= 0;
    }
}
