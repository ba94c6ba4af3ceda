package dev.outrider.hal.safety;

import dev.outrider.hal.Timebase;
import java.time.Duration;

/**
 * Feeds a hardware watchdog as the last step of every healthy safety check, no more often than
 * needed. When checks hang, stop or fail, so does the feeding, and the machine resets.
 */
public final class WatchdogFeed implements Runnable {

    private static final int TIMES_A_TIMEOUT = 4;

    private final Runnable feed;
    private final Timebase time;
    private final long every;
    private long last;

    /**
     * @param timeout the watchdog's
     * @param feed feeds it
     */
    public WatchdogFeed(Duration timeout, Runnable feed, Timebase time) {
        this.feed = feed;
        this.time = time;
        this.every = timeout.toNanos() / TIMES_A_TIMEOUT;
        this.last = time.nanos() - every;
    }

    @Override
    public void run() {
        long now = time.nanos();
        if (now - last >= every) {
            feed.run();
            last = now;
        }
    }
}
