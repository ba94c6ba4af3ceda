package dev.outrider.ai.llama.foreign;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.regex.Pattern;

/**
 * Listens to the library's log for as long as it is open, to hear what it says it allocates. The
 * log is the whole process's: one test at a time.
 */
public final class NativeLog implements AutoCloseable {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StringBuilder TEXT = new StringBuilder();
    private static final MemorySegment CALLBACK = callback();

    /** What the library calls with every piece of its log. */
    interface Listener {
        void hear(int level, MemorySegment text, MemorySegment data);
    }

    public NativeLog() {
        synchronized (TEXT) {
            TEXT.setLength(0);
        }
        set(CALLBACK);
    }

    private static MemorySegment callback() {
        Listener listener =
                (_, text, _) -> {
                    synchronized (TEXT) {
                        TEXT.append(text.reinterpret(1 << 16).getString(0));
                    }
                };
        try {
            var type =
                    MethodType.methodType(
                            void.class, int.class, MemorySegment.class, MemorySegment.class);
            return LINKER.upcallStub(
                    MethodHandles.lookup()
                            .findVirtual(Listener.class, "hear", type)
                            .bindTo(listener),
                    FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS, ADDRESS),
                    Arena.global());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the log cannot be heard", e);
        }
    }

    private static void set(MemorySegment callback) {
        try {
            LINKER.downcallHandle(
                            LlamaLibrary.symbols().find("llama_log_set").orElseThrow(),
                            FunctionDescriptor.ofVoid(ADDRESS, ADDRESS))
                    .invokeExact(callback, MemorySegment.NULL);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    public String text() {
        synchronized (TEXT) {
            return TEXT.toString();
        }
    }

    /** Bytes of all buffers of a kind, such as {@code KV}, that the library said it took. */
    public long bytes(String kind) {
        var buffer = Pattern.compile("%s buffer size *= *([0-9.]+) MiB".formatted(kind));
        return Math.round(
                buffer.matcher(text())
                                .results()
                                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                                .sum()
                        * (1 << 20));
    }

    @Override
    public void close() {
        BackendCalls.silenceLog();
    }
}
