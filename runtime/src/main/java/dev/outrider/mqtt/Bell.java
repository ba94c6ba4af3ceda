package dev.outrider.mqtt;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the publisher; it looks by itself once in a while, which also bounds how often it does. */
final class Bell {

    private static final Duration UNRUNG = Duration.ofMillis(200);

    private final Semaphore rings = new Semaphore(0);

    void ring() {
        rings.release();
    }

    void await() throws InterruptedException {
        if (rings.tryAcquire(UNRUNG.toMillis(), TimeUnit.MILLISECONDS)) {
            rings.drainPermits();
        }
    }
}
