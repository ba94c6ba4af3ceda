package dev.outrider.ai.llama.foreign;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** The library as a whole. */
public final class BackendCalls {
    private static final MethodHandle VERSION = Downcalls.returning(ADDRESS, "llama_version");
    private static final MethodHandle INIT = Downcalls.voids("llama_backend_init");
    private static final MethodHandle LOAD_ALL =
            Downcalls.voids("ggml_backend_load_all_from_path", ADDRESS);
    private static final MethodHandle SET_LOG = Downcalls.voids("llama_log_set", ADDRESS, ADDRESS);

    private static final MethodHandle CPU_BUFFER_TYPE =
            Downcalls.returning(ADDRESS, "ggml_backend_cpu_buffer_type");

    /**
     * libc's strlen serves as abort callback over a byte we write: zero goes on, anything else
     * stops. No upcall into Java is needed.
     */
    public static final MemorySegment ABORT_WHEN_SET = Downcalls.libc("strlen");

    /** libc's abs takes the log level, does nothing, and so swallows the log. */
    private static final MemorySegment SWALLOW = Downcalls.libc("abs");

    private BackendCalls() {}

    /** The kind of memory that plain main memory is. */
    public static MemorySegment cpuBufferType() {
        try {
            return (MemorySegment) CPU_BUFFER_TYPE.invokeExact();
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    static String version() {
        try {
            var version = (MemorySegment) VERSION.invokeExact();
            return version.reinterpret(Long.MAX_VALUE).getString(0);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    static void silenceLog() {
        try {
            SET_LOG.invokeExact(SWALLOW, MemorySegment.NULL);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    static void loadBackends(Path folder) {
        try (var arena = Arena.ofConfined()) {
            LOAD_ALL.invokeExact(arena.allocateFrom(folder.toString()));
            INIT.invokeExact();
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }
}
