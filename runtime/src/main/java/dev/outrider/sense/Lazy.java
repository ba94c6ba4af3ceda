package dev.outrider.sense;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that is opened when it is first needed, and tried again where that failed. */
final class Lazy<T> implements AutoCloseable {

    private final Supplier<T> opening;
    private final Consumer<T> closing;
    private @Nullable T opened;
    private boolean closed;

    Lazy(Supplier<T> opening, Consumer<T> closing) {
        this.opening = opening;
        this.closing = closing;
    }

    /** The thing itself, opened on the caller's thread if nobody did. */
    synchronized T value() {
        if (closed) {
            throw new IllegalStateException("it was closed");
        }
        T value = opened;
        if (value == null) {
            value = opening.get();
            opened = value;
        }
        return value;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (opened != null) {
            closing.accept(opened);
            opened = null;
        }
    }
}
