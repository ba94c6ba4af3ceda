package dev.outrider.ai.llama.foreign;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;

/** A context and its key-value memory: one thread at a time, except for the abort flag. */
public final class ContextCalls {
    private static final MethodHandle DEFAULT_PARAMS =
            Downcalls.returning(Layouts.CONTEXT_PARAMS, "llama_context_default_params");
    private static final MethodHandle CREATE =
            Downcalls.returning(ADDRESS, "llama_init_from_model", ADDRESS, Layouts.CONTEXT_PARAMS);
    private static final MethodHandle FREE = Downcalls.voids("llama_free", ADDRESS);
    private static final MethodHandle SET_ABORT_CALLBACK =
            Downcalls.voids("llama_set_abort_callback", ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle DECODE =
            Downcalls.returning(JAVA_INT, "llama_decode", ADDRESS, Layouts.BATCH);
    private static final MethodHandle LOGITS =
            Downcalls.returning(ADDRESS, "llama_get_logits_ith", ADDRESS, JAVA_INT);
    private static final MethodHandle MEMORY =
            Downcalls.returning(ADDRESS, "llama_get_memory", ADDRESS);
    private static final MethodHandle REMOVE =
            Downcalls.returning(
                    JAVA_BOOLEAN, "llama_memory_seq_rm", ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle COPY =
            Downcalls.voids("llama_memory_seq_cp", ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SEQUENCE_EMBEDDING =
            Downcalls.returning(ADDRESS, "llama_get_embeddings_seq", ADDRESS, JAVA_INT);
    private static final MethodHandle SET_ADAPTERS =
            Downcalls.returning(
                    JAVA_INT, "llama_set_adapters_lora", ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    private static final MethodHandle SAVE_SEQUENCE =
            Downcalls.returning(
                    JAVA_LONG,
                    "llama_state_seq_save_file",
                    ADDRESS,
                    ADDRESS,
                    JAVA_INT,
                    ADDRESS,
                    JAVA_LONG);
    private static final MethodHandle LOAD_SEQUENCE =
            Downcalls.returning(
                    JAVA_LONG,
                    "llama_state_seq_load_file",
                    ADDRESS,
                    ADDRESS,
                    JAVA_INT,
                    ADDRESS,
                    JAVA_LONG,
                    ADDRESS);

    private static final MethodHandle SET_THREADS =
            Downcalls.voids("llama_set_n_threads", ADDRESS, JAVA_INT, JAVA_INT);

    private ContextCalls() {}

    public static MemorySegment defaultParams(SegmentAllocator allocator) {
        try {
            return (MemorySegment) DEFAULT_PARAMS.invokeExact(allocator);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    /** Gives NULL if there is too little memory. */
    public static MemorySegment create(MemorySegment model, MemorySegment params) {
        try {
            return (MemorySegment) CREATE.invokeExact(model, params);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static void free(MemorySegment context) {
        try {
            FREE.invokeExact(context);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static void setAbortCallback(
            MemorySegment context, MemorySegment callback, MemorySegment data) {
        try {
            SET_ABORT_CALLBACK.invokeExact(context, callback, data);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    /** For single tokens and for batches. */
    public static void setThreads(MemorySegment context, int single, int batch) {
        try {
            SET_THREADS.invokeExact(context, single, batch);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    /**
     * 0 done, 1 no room in memory, 2 aborted, negative on errors; a batch beyond n_batch kills the
     * process.
     */
    public static int decode(MemorySegment context, MemorySegment batch) {
        try {
            return (int) DECODE.invokeExact(context, batch);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    /** An index whose token was not marked for output kills the process. */
    public static MemorySegment logits(MemorySegment context, int index) {
        try {
            return (MemorySegment) LOGITS.invokeExact(context, index);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static MemorySegment memory(MemorySegment context) {
        try {
            return (MemorySegment) MEMORY.invokeExact(context);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static boolean remove(MemorySegment memory, int sequence, int from, int to) {
        try {
            return (boolean) REMOVE.invokeExact(memory, sequence, from, to);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static void copy(MemorySegment memory, int source, int target, int from, int to) {
        try {
            COPY.invokeExact(memory, source, target, from, to);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    /** NULL unless the context pools. */
    public static MemorySegment sequenceEmbedding(MemorySegment context, int sequence) {
        try {
            return (MemorySegment) SEQUENCE_EMBEDDING.invokeExact(context, sequence);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    /** Gives 0 if it went well. */
    public static int setAdapters(
            MemorySegment context, MemorySegment adapters, long count, MemorySegment scales) {
        try {
            return (int) SET_ADAPTERS.invokeExact(context, adapters, count, scales);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    /** Gives the bytes written, 0 on errors. */
    public static long saveSequence(
            MemorySegment context,
            MemorySegment path,
            int sequence,
            MemorySegment tokens,
            long count) {
        try {
            return (long) SAVE_SEQUENCE.invokeExact(context, path, sequence, tokens, count);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    /** Gives the bytes read, 0 on errors. */
    public static long loadSequence(
            MemorySegment context,
            MemorySegment path,
            int sequence,
            MemorySegment tokens,
            long capacity,
            MemorySegment count) {
        try {
            return (long)
                    LOAD_SEQUENCE.invokeExact(context, path, sequence, tokens, capacity, count);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }
}
