package dev.outrider.hal.safety;

import dev.outrider.hal.Timebase;
import dev.outrider.hal.part.Part;
import java.time.Duration;

/**
 * Permission to keep an actuator going, which runs out unless refreshed. Refreshing starts it. When
 * it runs out, the safety loop puts the part to rest, once, also if it was at rest by itself.
 */
public final class Lease {

    /** How long an actuator goes on without being told to, unless its board says otherwise. */
    public static final Duration DEFAULT = Duration.ofMillis(200);

    private final Part part;
    private final Timebase time;
    private final long nanos;
    private boolean running;
    private long refreshed;

    Lease(Part part, Timebase time, Duration length) {
        if (!length.isPositive()) {
            throw new IllegalArgumentException("a lease must be longer than zero, not " + length);
        }
        this.part = part;
        this.time = time;
        this.nanos = length.toNanos();
    }

    Timebase time() {
        return time;
    }

    /** Starts the lease, or starts it anew. */
    public synchronized void refresh() {
        refreshed = time.nanos();
        running = true;
    }

    /** Puts the part to rest if the lease has run out; says whether it did. */
    boolean check() {
        if (!expire()) {
            return false;
        }
        part.rest();
        return true;
    }

    private synchronized boolean expire() {
        boolean over = running && time.nanos() - refreshed > nanos;
        running = running && !over;
        return over;
    }
}
