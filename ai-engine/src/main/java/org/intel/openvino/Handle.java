package org.intel.openvino;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A native object's pointer, freed once: when it is closed and no call uses it any more. Whatever
 * the native object points to without owning it is kept here until then.
 */
final class Handle implements Runnable {
    private static final int CLOSED = Integer.MIN_VALUE;

    private final String kind;
    private final MemorySegment pointer;
    private final MethodHandle free;
    private final @Nullable Handle parent;
    private final AtomicInteger users = new AtomicInteger();
    private final List<Object> kept = new ArrayList<>();

    /**
     * @param parent what must be open too while this one is used: the native object lies inside it
     */
    Handle(String kind, MemorySegment pointer, MethodHandle free, @Nullable Handle parent) {
        this.kind = kind;
        this.pointer = pointer;
        this.free = free;
        this.parent = parent;
    }

    /** The pointer, which stays valid until {@link #release}. */
    MemorySegment acquire() {
        if (parent != null) {
            parent.acquire();
        }
        for (int n = users.get(); n >= 0; n = users.get()) {
            if (users.compareAndSet(n, n + 1)) {
                return pointer;
            }
        }
        if (parent != null) {
            parent.release();
        }
        throw new IllegalStateException("this %s is closed".formatted(kind));
    }

    void release() {
        if (users.decrementAndGet() == CLOSED) {
            free();
        }
        if (parent != null) {
            parent.release();
        }
    }

    /** Keeps an object reachable as long as the native one exists. */
    void keep(Object object) {
        synchronized (kept) {
            kept.add(object);
        }
    }

    /** Closes; the memory goes when the last call that uses it returns. */
    @Override
    public void run() {
        for (int n = users.get(); n >= 0; n = users.get()) {
            if (users.compareAndSet(n, n | CLOSED)) {
                if (n == 0) {
                    free();
                }
                return;
            }
        }
    }

    private void free() {
        try {
            free.invokeExact(pointer);
        } catch (Throwable e) {
            throw Calls.unexpected(e);
        }
        synchronized (kept) {
            kept.clear();
        }
    }
}
