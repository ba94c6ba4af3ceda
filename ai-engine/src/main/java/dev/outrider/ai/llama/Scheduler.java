package dev.outrider.ai.llama;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The owner thread of one context. Each turn it lets new requests in, lets ended ones out, and
 * decodes one batch: one token of every answering request, and as much of the waiting prompts as
 * has room.
 */
final class Scheduler implements AutoCloseable {
    private final NativeContext context;
    private final Slots slots;
    private final @Nullable Draft draft;
    private final Step step;
    private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private final ArrayDeque<Sequence> waiting = new ArrayDeque<>();
    private final List<Sequence> running = new ArrayList<>();
    private final ScheduledThreadPoolExecutor deadlines;
    private final Thread owner;
    private volatile boolean closing;
    private boolean ended;

    Scheduler(NativeModel model, Adapters adapters, LlamaOptions options) {
        context = new NativeContext(model, adapters, options);
        slots = new Slots(context, options);
        draft = draft(model, options);
        step = new Step(model, context, draft);
        deadlines =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("llama-deadlines").factory());
        deadlines.setRemoveOnCancelPolicy(true);
        owner = Thread.ofPlatform().daemon().name("llama-owner").start(this::run);
    }

    private @Nullable Draft draft(NativeModel model, LlamaOptions options) {
        var file = options.draftModel();
        try {
            return file == null ? null : Draft.load(model, file, options);
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    /** Makes the owner look up from a running decode; any thread. */
    void interrupt() {
        context.abort();
        if (draft != null) {
            draft.abort();
        }
    }

    /** Takes a request in; its time runs from now. Any thread. */
    synchronized void submit(Sequence sequence) {
        requireRunning();
        var expiry =
                deadlines.schedule(
                        () -> sequence.end(FinishReason.DEADLINE),
                        sequence.timeLimit().toNanos(),
                        TimeUnit.NANOSECONDS);
        sequence.onEnd(() -> expiry.cancel(false));
        inbox.add(() -> waiting.add(sequence));
    }

    /** Reads a remembered beginning from a file; false if there is no slot, no room, or no use. */
    CompletableFuture<Boolean> load(int[] tokens, Path file) {
        return onOwner(() -> slots.load(tokens, file));
    }

    /** Writes a beginning that is still remembered to a file; false if it is not. */
    CompletableFuture<Boolean> save(int[] tokens, Path file) {
        return onOwner(() -> slots.save(tokens, file));
    }

    private synchronized <T> CompletableFuture<T> onOwner(Supplier<T> task) {
        requireRunning();
        var future = new CompletableFuture<T>();
        inbox.add(() -> {
            try {
                future.complete(task.get());
            } catch (RuntimeException e) {
                future.completeExceptionally(e);
            }
        });
        return future;
    }

    private void requireRunning() {
        if (ended) {
            throw new LlamaException("the model's owner thread has ended");
        }
    }

    private void run() {
        try {
            while (!closing) {
                receive();
                letOut();
                letIn();
                if (!running.isEmpty()) {
                    decode();
                }
            }
            finishAll(sequence -> sequence.finish(FinishReason.CANCELLED));
        } catch (RuntimeException | Error e) {
            var cause = new LlamaException("the model's owner thread failed: " + e, e);
            finishAll(sequence -> sequence.fail(cause));
        } finally {
            deadlines.shutdownNow();
            context.close();
            if (draft != null) {
                draft.close();
            }
        }
    }

    private void receive() {
        try {
            if (running.isEmpty() && waiting.isEmpty()) {
                inbox.take().run();
            }
        } catch (InterruptedException e) {
            throw new LlamaException("the owner thread was interrupted", e);
        }
        for (var message = inbox.poll(); message != null; message = inbox.poll()) {
            message.run();
        }
    }

    private void letOut() {
        endEarly(waiting.iterator());
        endEarly(running.iterator());
    }

    private static void endEarly(Iterator<Sequence> sequences) {
        sequences.forEachRemaining(sequence -> {
            var reason = sequence.ending();
            if (reason != null && !sequence.ended()) {
                sequence.finish(reason);
            }
        });
    }

    private void letIn() {
        waiting.removeIf(Sequence::ended);
        removeEnded();
        while (!waiting.isEmpty() && slots.fits(waiting.peek())) {
            var sequence = waiting.remove();
            slots.start(sequence);
            running.add(sequence);
            step.begin(sequence);
            removeEnded();
        }
    }

    private void removeEnded() {
        for (int i = running.size() - 1; i >= 0; i--) {
            if (running.get(i).ended()) {
                slots.release(running.remove(i));
            }
        }
    }

    private void decode() {
        context.resume();
        if (draft != null) {
            draft.resume();
        }
        if (closing || someoneEnds()) {
            return; // whoever ends early is let out first
        }
        step.take(running);
        removeEnded();
        Collections.rotate(running, 1); // the next prompt goes first
    }

    private boolean someoneEnds() {
        for (Sequence sequence : running) {
            if (sequence.ending() != null) {
                return true;
            }
        }
        return false;
    }

    private synchronized void finishAll(Consumer<Sequence> finish) {
        ended = true;
        for (var message = inbox.poll(); message != null; message = inbox.poll()) {
            message.run();
        }
        waiting.addAll(running);
        running.clear();
        waiting.stream().filter(sequence -> !sequence.ended()).forEach(finish);
        waiting.clear();
    }

    /** Ends all requests, waits for the owner thread, and frees the context. */
    @Override
    public void close() {
        closing = true;
        inbox.add(() -> {});
        interrupt();
        boolean interrupted = false;
        while (owner.isAlive()) {
            try {
                owner.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
