package dev.outrider.mqtt;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps the link's status. */
final class LinkWatch {

    private static final System.Logger LOG = System.getLogger(Link.class.getName());

    private final Clock clock;
    private final CountDownLatch firstUp = new CountDownLatch(1);
    private volatile LinkStatus status;

    LinkWatch(String broker, Clock clock) {
        this.clock = clock;
        this.status = new LinkStatus(false, clock.instant(), broker, null);
    }

    LinkStatus status() {
        return status;
    }

    synchronized void up() {
        status = new LinkStatus(true, clock.instant(), status.broker(), status.lastError());
        firstUp.countDown();
        LOG.log(System.Logger.Level.INFO, "connected to {0}", status.broker());
    }

    synchronized void down(String why) {
        if (status.connected() || !why.equals(status.lastError())) {
            LOG.log(System.Logger.Level.WARNING, why);
        }
        Instant since = status.connected() ? clock.instant() : status.since();
        status = new LinkStatus(false, since, status.broker(), why);
    }

    synchronized void trouble(String what) {
        status = new LinkStatus(status.connected(), status.since(), status.broker(), what);
    }

    synchronized void closed() {
        status = new LinkStatus(false, clock.instant(), status.broker(), status.lastError());
    }

    boolean awaitUp(Duration atMost) {
        try {
            return firstUp.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
