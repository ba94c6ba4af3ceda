package dev.outrider.ai.llama;

import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Hands pieces from the owner thread to the reader. Bounded by the request's maxTokens. */
final class GenerationStream implements TokenStream {
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
    private @Nullable String next;
    private volatile @Nullable End end;

    GenerationStream(Runnable cancel) {
        this.cancel = cancel;
    }

    void piece(String text) {
        events.add(new Event.Piece(text));
    }

    void done(Completion completion) {
        events.add(new End.Done(completion));
    }

    void failed(RuntimeException cause) {
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
