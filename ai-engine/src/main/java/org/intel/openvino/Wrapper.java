package org.intel.openvino;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/** An object of the native library. Closing it twice is allowed; using it after is not. */
public abstract class Wrapper implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    final @Nullable Handle handle;
    private final Cleaner.@Nullable Cleanable cleanable;

    /** A value that holds nothing native. */
    Wrapper() {
        handle = null;
        cleanable = null;
    }

    Wrapper(String kind, MemorySegment pointer, MethodHandle free) {
        this(new Handle(kind, pointer, free, null));
    }

    Wrapper(Handle handle) {
        this.handle = handle;
        cleanable = CLEANER.register(this, handle);
    }

    /** Frees the native object, after the calls that still use it. */
    @Override
    public void close() {
        if (cleanable != null) {
            cleanable.clean();
        }
    }

    final Handle handle() {
        if (handle == null) {
            throw new IllegalStateException("this holds no native object");
        }
        return handle;
    }

    /** What is done with the pointer while it is held. */
    @FunctionalInterface
    interface Use<T extends @Nullable Object> {
        T with(MemorySegment self) throws Throwable;
    }

    /** Runs something with the pointer; the object is not freed meanwhile. */
    final <T extends @Nullable Object> T use(Use<T> use) {
        var held = handle();
        var pointer = held.acquire();
        try {
            return use.with(pointer);
        } catch (Throwable e) {
            throw Calls.unexpected(e);
        } finally {
            held.release();
            Reference.reachabilityFence(this);
        }
    }
}
