package dev.outrider.mqtt;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The wait between attempts to connect: twice as long each time, half of it by chance. */
final class Pause {

    private static final Duration FIRST = Duration.ofMillis(200);

    private final Duration longest;
    private final CountDownLatch ended = new CountDownLatch(1);
    private Duration next = FIRST;

    Pause(Duration longest) {
        this.longest = longest;
    }

    /** Waits after an attempt that lasted so long; one that lasted is a fresh start. */
    void after(Duration attempt) {
        if (attempt.compareTo(longest) > 0) {
            next = FIRST;
        }
        long millis = next.toMillis();
        try {
            boolean over =
                    ended.await(
                            millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1),
                            TimeUnit.MILLISECONDS);
            Duration doubled = next.multipliedBy(2);
            next = over || doubled.compareTo(longest) > 0 ? longest : doubled;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the wait, and every other. */
    void end() {
        ended.countDown();
    }
}
