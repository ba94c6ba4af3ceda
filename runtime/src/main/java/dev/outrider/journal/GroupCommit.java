package dev.outrider.journal;

import dev.outrider.kernel.JournalFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One thread that takes all changes waiting, makes them in one transaction, commits, and only then
 * completes their stages. When anything goes wrong it rolls back, fails them all, and starts again
 * with a new connection.
 */
final class GroupCommit implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(GroupCommit.class.getName());

    private static final int QUEUE = 10_000;
    private static final int BATCH = 256;
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LAST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final JournalFile file;
    private final Upkeep upkeep;
    private final Consumer<JournalFailure> listener;
    private final BlockingQueue<Job<?>> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Thread thread;
    private volatile boolean closed;

    private @Nullable Connection connection;
    private @Nullable JournalFailure last;
    private long pauseNanos = FIRST_PAUSE_NANOS;
    private long retryNanos = System.nanoTime();

    /** A change to the database; it checks before it writes, so that it throws or is whole. */
    interface Change<T> {
        T apply(Connection connection) throws SQLException;
    }

    /** What is done between changes; true if there is more to do. */
    interface Upkeep {
        boolean apply(Connection connection) throws SQLException;
    }

    GroupCommit(JournalFile file, Upkeep upkeep, Consumer<JournalFailure> listener) {
        this.file = file;
        this.upkeep = upkeep;
        this.listener = listener;
        this.thread = Thread.ofPlatform().name("journal").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /**
     * Makes a change.
     *
     * @param committed run on the journal's thread once the change is on disk
     */
    <T> CompletableFuture<T> submit(Change<T> change, Runnable committed) {
        Job<T> job = new Job<>(change, committed);
        if (closed || !queue.offer(job)) {
            String why = closed ? "the journal is closed" : "the journal cannot keep up";
            job.stage.completeExceptionally(new JournalFailure(why, null, false));
        }
        return job.stage;
    }

    <T> CompletableFuture<T> submit(Change<T> change) {
        return submit(change, () -> {});
    }

    /** Reads, after everything submitted before; never called on the journal's thread. */
    <T> T read(Change<T> change) {
        if (Thread.currentThread().equals(thread)) {
            throw new IllegalStateException("the journal's thread cannot wait for itself");
        }
        try {
            return submit(change).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void run() {
        boolean more = false;
        while (!closed || !queue.isEmpty()) {
            List<Job<?>> batch = next(more ? Duration.ZERO : IDLE);
            try {
                more = commit(batch);
            } catch (SQLException e) {
                more = false;
                fail(batch, e);
            }
        }
        disconnect();
    }

    private List<Job<?>> next(Duration wait) {
        List<Job<?>> batch = new ArrayList<>();
        try {
            Job<?> first = queue.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                queue.drainTo(batch, BATCH - 1);
            }
        } catch (InterruptedException e) {
            closed = true; // only close() interrupts
            queue.drainTo(batch);
        }
        return batch;
    }

    private boolean commit(List<Job<?>> batch) throws SQLException {
        Connection open = connection();
        for (Job<?> job : batch) {
            job.apply(open);
        }
        boolean more = upkeep.apply(open);
        open.commit();
        pauseNanos = FIRST_PAUSE_NANOS;
        last = null;
        batch.forEach(Job::complete);
        return more;
    }

    private Connection connection() throws SQLException {
        if (connection != null) {
            return connection;
        }
        if (last != null && System.nanoTime() - retryNanos < 0) {
            throw new SQLException("not opened again yet", last);
        }
        connection = file.open();
        return connection;
    }

    private void fail(List<Job<?>> batch, SQLException e) {
        boolean waiting =
                connection == null && last != null && e.getCause() instanceof JournalFailure;
        JournalFailure failure = waiting && last != null ? last : file.failure("written", e);
        disconnect();
        if (!waiting) {
            last = failure;
            retryNanos = System.nanoTime() + pauseNanos;
            pauseNanos = Math.min(2 * pauseNanos, LAST_PAUSE_NANOS);
            call(() -> listener.accept(failure));
        }
        batch.forEach(job -> job.stage.completeExceptionally(failure));
    }

    /** A listener that fails is its own business, not the journal's. */
    private static void call(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a listener of the journal failed", e);
        }
    }

    /** Closing rolls back what was not committed. */
    private void disconnect() {
        Connection open = connection;
        connection = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.WARNING, "closing the journal's connection", e);
        }
    }

    /** Writes what is waiting, and ends. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Job<T> {

        private final Change<T> change;
        private final Runnable committed;
        private final CompletableFuture<T> stage = new CompletableFuture<>();
        private Runnable completion = () -> {};

        Job(Change<T> change, Runnable committed) {
            this.change = change;
            this.committed = committed;
        }

        void apply(Connection connection) throws SQLException {
            try {
                T result = change.apply(connection);
                completion = () -> succeed(result);
            } catch (RuntimeException e) {
                completion = () -> stage.completeExceptionally(e);
            }
        }

        void complete() {
            completion.run();
        }

        private void succeed(T result) {
            stage.complete(result);
            call(committed);
        }
    }
}
