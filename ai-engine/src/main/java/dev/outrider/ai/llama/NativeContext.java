package dev.outrider.ai.llama;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.outrider.ai.llama.foreign.BackendCalls;
import dev.outrider.ai.llama.foreign.ContextCalls;
import dev.outrider.ai.llama.foreign.Layouts;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A model's working memory. Everything is for the owner thread alone, except {@link #abort}. Its
 * small buffers live as long as anybody can reach them, so a late abort cannot hit freed memory.
 */
final class NativeContext implements AutoCloseable {
    private static final VarHandle FLAG = JAVA_BYTE.varHandle();

    /** What a decode came to. */
    enum Decoded {
        DONE,
        NO_ROOM,
        ABORTED
    }

    private final NativeModel model;
    private final Arena buffers = Arena.ofAuto();
    private final MemorySegment abortFlag = buffers.allocate(8);
    private final MemorySegment context;
    private final MemorySegment memory;
    private final NativeBatch batch;
    private final PromptPace pace;
    private final @Nullable ThreadBudget budget;
    private final Runnable abort = this::abort;
    private int threads;

    NativeContext(NativeModel model, Adapters adapters, LlamaOptions options) {
        this.model = model;
        context = create(model, adapters, options);
        memory = ContextCalls.memory(context);
        batch = new NativeBatch(buffers, options.batchTokens());
        pace = new PromptPace(model.work(), options.batchTokens());
        budget = budget(options);
        threads = threads(options);
        ContextCalls.setAbortCallback(context, BackendCalls.ABORT_WHEN_SET, abortFlag);
        Cores.abortAtEnd(abort);
    }

    private static @Nullable ThreadBudget budget(LlamaOptions options) {
        return options.threads() == LlamaOptions.MEASURED_THREADS
                ? new ThreadBudget(Cores.COUNT)
                : null;
    }

    /** Threads to begin with. */
    static int threads(LlamaOptions options) {
        var budget = budget(options);
        return budget == null ? Cores.atMost(options.threads()) : budget.threads();
    }

    private static MemorySegment create(
            NativeModel model, Adapters adapters, LlamaOptions options) {
        var context = create(model, options);
        try {
            adapters.applyTo(context);
            return context;
        } catch (RuntimeException e) {
            ContextCalls.free(context);
            throw e;
        }
    }

    private static MemorySegment create(NativeModel model, LlamaOptions options) {
        try (var arena = Arena.ofConfined()) {
            var params = ContextCalls.defaultParams(arena);
            set(params, "n_ctx", options.contextTokens());
            set(params, "n_batch", options.batchTokens());
            set(params, "n_ubatch", Math.min(options.microBatchTokens(), options.batchTokens()));
            set(params, "n_seq_max", options.sequences());
            set(params, "n_threads", threads(options));
            set(params, "n_threads_batch", threads(options));
            set(params, "type_k", options.cacheType().code());
            set(params, "type_v", options.cacheType().code());
            if (options.cacheType().isQuantized()) {
                set(params, "flash_attn_type", 1); // libllama quantizes values only with it
            }
            Layouts.set(Layouts.CONTEXT_PARAMS, params, "kv_unified", true);
            return create(model, params, options);
        }
    }

    static MemorySegment create(NativeModel model, MemorySegment params, LlamaOptions options) {
        var context = ContextCalls.create(model.pointer(), params);
        if (context.equals(MemorySegment.NULL)) {
            throw new LlamaException(
                    "there is no memory for a context of %d tokens: ask for a smaller n_ctx"
                            .formatted(options.contextTokens()));
        }
        return context;
    }

    private static void set(MemorySegment params, String member, int value) {
        Layouts.set(Layouts.CONTEXT_PARAMS, params, member, value);
    }

    NativeBatch batch() {
        return batch;
    }

    /** How many tokens of a prompt may be decoded at once behind a position. */
    int promptTokens(int position) {
        return pace.tokens(position);
    }

    MemorySegment pointer() {
        return context;
    }

    /**
     * Decodes the batch. What an aborted or refused batch left in memory is the caller's to remove.
     */
    Decoded decode() {
        useThreads();
        if (!Cores.take(threads, this::aborted)) {
            return Decoded.ABORTED;
        }
        int result;
        long begun = System.nanoTime();
        try {
            result = ContextCalls.decode(context, batch.struct());
        } finally {
            Cores.giveBack(threads);
        }
        if (result == 0) {
            measured(System.nanoTime() - begun);
        }
        return switch (result) {
            case 0 -> Decoded.DONE;
            case 1 -> Decoded.NO_ROOM;
            case 2 -> Decoded.ABORTED;
            default -> throw new LlamaException("decoding failed with code " + result);
        };
    }

    private void measured(long nanos) {
        pace.took(batch.size(), batch.furthest(), nanos);
        if (budget != null) {
            budget.took(batch.size(), nanos);
        }
    }

    private void useThreads() {
        if (budget != null && budget.threads() != threads) {
            threads = budget.threads();
            ContextCalls.setThreads(context, threads, threads);
        }
    }

    private boolean aborted() {
        return (byte) FLAG.getVolatile(abortFlag, 0L) != 0;
    }

    /** Logits over the vocabulary at a batch index that was marked for output. */
    MemorySegment logits(int index) {
        batch.requireOutput(index);
        return ContextCalls.logits(context, index)
                .reinterpret((long) model.vocabularySize() * JAVA_FLOAT.byteSize());
    }

    /** Forgets a sequence from a position on; false if this kind of model cannot forget a part. */
    boolean forget(int sequence, int fromPosition) {
        return ContextCalls.remove(memory, sequence, fromPosition, -1);
    }

    /** Lets a sequence begin with the first positions of another one. */
    void share(int source, int target, int positions) {
        ContextCalls.copy(memory, source, target, 0, positions);
    }

    /** Writes what is in memory of a sequence; false if that failed. */
    boolean save(int sequence, int[] tokens, Path file) {
        try (var arena = Arena.ofConfined()) {
            var path = arena.allocateFrom(file.toString());
            var array = arena.allocateFrom(JAVA_INT, tokens);
            return ContextCalls.saveSequence(context, path, sequence, array, tokens.length) > 0;
        }
    }

    /** Reads into an empty sequence what was written for the same tokens; false if that failed. */
    boolean load(int sequence, int[] tokens, Path file) {
        try (var arena = Arena.ofConfined()) {
            var path = arena.allocateFrom(file.toString());
            var array = arena.allocate(JAVA_INT, tokens.length);
            var count = arena.allocate(JAVA_LONG);
            long read =
                    ContextCalls.loadSequence(context, path, sequence, array, tokens.length, count);
            return read > 0
                    && count.get(JAVA_LONG, 0) == tokens.length
                    && Arrays.equals(array.toArray(JAVA_INT), tokens);
        }
    }

    /** Makes a running decode return soon; any thread. */
    void abort() {
        FLAG.setVolatile(abortFlag, 0L, (byte) 1);
    }

    /** Takes earlier aborts back. */
    void resume() {
        FLAG.setVolatile(abortFlag, 0L, (byte) 0);
    }

    @Override
    public void close() {
        Cores.doNotAbortAtEnd(abort);
        ContextCalls.free(context);
    }
}
