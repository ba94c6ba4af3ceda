package dev.outrider.gateway.usage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records of use without making robots wait. What the store cannot take now is tried again
 * until it can; when too much waits, {@link #accepting} turns false and the wire lets nobody in:
 * nothing goes unrecorded. A process that is killed loses the records of its last tenth of a
 * second.
 */
public final class UsageLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UsageLog.class);
    private static final int MOST_WAITING = 50_000;
    private static final int BATCH = 2000;

    /** Records of one such while are written together: a transaction each would cost more. */
    private static final Duration GATHER = Duration.ofMillis(50);

    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final UsageStore store;
    private final BlockingQueue<Usage> waiting = new LinkedBlockingQueue<>();
    private final Thread writer;
    private volatile boolean closing;

    public UsageLog(UsageStore store) {
        this.store = store;
        this.writer = Thread.ofPlatform().name("usage-log").start(this::write);
    }

    /** Takes a record; never waits. */
    public void record(Usage usage) {
        waiting.add(usage);
    }

    /** Whether there is room for what new requests will use. */
    public boolean accepting() {
        return waiting.size() < MOST_WAITING;
    }

    private void write() {
        List<Usage> batch = new ArrayList<>();
        try {
            while (!closing || !waiting.isEmpty() || !batch.isEmpty()) {
                fill(batch);
                if (!batch.isEmpty() && !append(batch)) {
                    Thread.sleep(RETRY);
                }
            }
        } catch (InterruptedException e) {
            LOG.error("{} records of use are lost", batch.size() + waiting.size());
        }
    }

    private void fill(List<Usage> batch) throws InterruptedException {
        if (!batch.isEmpty()) {
            return;
        }
        Usage first = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
            batch.add(first);
            if (!closing) {
                Thread.sleep(GATHER);
            }
            waiting.drainTo(batch, BATCH - 1);
        }
    }

    private boolean append(List<Usage> batch) {
        try {
            store.append(batch);
            batch.clear();
            return true;
        } catch (RuntimeException e) {
            LOG.warn("{} records of use wait for the store: {}", batch.size(), e.toString());
            return false;
        }
    }

    /** Writes what waits, as long as the store takes it within a few seconds. */
    @Override
    public void close() {
        closing = true;
        try {
            if (!writer.join(LAST_WORDS)) {
                writer.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
