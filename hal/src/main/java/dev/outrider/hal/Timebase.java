package dev.outrider.hal;

import java.time.Duration;

/**
 * Monotonic time and waiting, so that control loops can be run on the wall clock, faster than it,
 * or stepped by hand.
 */
public interface Timebase {

    /** Nanoseconds since some fixed moment; never runs backwards. */
    long nanos();

    /** Returns after the given time on this base has gone by. */
    void sleep(Duration duration) throws InterruptedException;

    /** The machine's own monotonic clock. */
    static Timebase wall() {
        return scaled(1);
    }

    /**
     * The machine's clock run faster or slower.
     *
     * @param factor seconds on this base in one real second, above zero
     */
    static Timebase scaled(double factor) {
        return new ScaledTime(factor);
    }
}
