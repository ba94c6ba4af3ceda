package dev.outrider.ai.llama;

import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands pieces from the owner thread to the reader: the first at once, later ones together where
 * they come faster than anybody can read. A reader that wakes for every token takes a core from one
 * of the library's threads, and all others wait for that one. Bounded by the request's maxTokens.
 */
final class GenerationStream implements TokenStream {
    static final long NANOS_BETWEEN_PIECES = 50_000_000;

    /** What the owner thread has to say. */
    private sealed interface Event {
        record Piece(String text) implements Event {}
    }

    private sealed interface End extends Event {
        record Done(Completion completion) implements End {}

        record Failed(RuntimeException cause) implements End {}
    }

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Runnable cancel;
    private final LongSupplier nanoTime;
    private final StringBuilder held = new StringBuilder();
    private long handedOver;
    private @Nullable String next;
    private volatile @Nullable End end;

    GenerationStream(Runnable cancel, LongSupplier nanoTime) {
        this.cancel = cancel;
        this.nanoTime = nanoTime;
        handedOver = nanoTime.getAsLong() - NANOS_BETWEEN_PIECES;
    }

    void piece(String text) {
        held.append(text);
        if (nanoTime.getAsLong() - handedOver >= NANOS_BETWEEN_PIECES) {
            handOver();
        }
    }

    private void handOver() {
        if (!held.isEmpty()) {
            events.add(new Event.Piece(held.toString()));
            held.setLength(0);
            handedOver = nanoTime.getAsLong();
        }
    }

    void done(Completion completion) {
        handOver();
        events.add(new End.Done(completion));
    }

    void failed(RuntimeException cause) {
        handOver();
        events.add(new End.Failed(cause));
    }

    @Override
    public boolean hasNext() {
        while (next == null && end == null) {
            receive();
        }
        if (next == null && end instanceof End.Failed(var cause)) {
            throw new LlamaException(String.valueOf(cause.getMessage()), cause);
        }
        return next != null;
    }

    private void receive() {
        try {
            switch (events.take()) {
                case Event.Piece(var text) -> next = text;
                case End last -> {
                    end = last;
                    events.add(last); // for whoever else waits: the reader, or who closes
                }
            }
        } catch (InterruptedException e) {
            cancel.run();
            Thread.currentThread().interrupt();
            throw new LlamaException("interrupted while waiting for the model", e);
        }
    }

    @Override
    public String next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException("the answer has ended");
        }
        var piece = next;
        next = null;
        return piece;
    }

    @Override
    public void close() {
        cancel.run();
        while (end == null) {
            receive();
        }
        next = null;
    }

    @Override
    public Completion completion() {
        return switch (end) {
            case End.Done(var completion) -> completion;
            case End.Failed(var cause) ->
                    throw new LlamaException(String.valueOf(cause.getMessage()), cause);
            case null -> throw new IllegalStateException("the answer has not ended yet");
        };
    }
}
