package dev.outrider.ai.fit;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.outrider.ai.gguf.TensorType;
import dev.outrider.ai.llama.foreign.ContextCalls;
import dev.outrider.ai.llama.foreign.Layouts;
import dev.outrider.ai.llama.foreign.ModelCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * A model file loaded to be timed: tokens go in by number, nothing of what comes out is looked at,
 * so that files without a vocabulary will do. For one thread.
 */
final class Trial implements AutoCloseable {
    private static final int PIECE = 512;
    private static final int MEAN_POOLING = 1;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment batch = arena.allocate(Layouts.BATCH);
    private final MemorySegment positions = arena.allocate(JAVA_INT, PIECE);
    private final MemorySegment outputs = arena.allocate(JAVA_BYTE, PIECE);
    private final MemorySegment model;
    private final MemorySegment context;
    private final boolean embeds;
    private int position;

    /**
     * Loads a file as the engine would.
     *
     * @param embeds whether the model gives embeddings instead of answers
     * @throws FitException if the library refuses it
     */
    Trial(Path file, int contextTokens, TensorType cache, int threads, boolean embeds) {
        this.embeds = embeds;
        model = ModelCalls.load(arena.allocateFrom(file.toString()), modelParams());
        if (model.equals(MemorySegment.NULL)) {
            arena.close();
            throw new FitException("the library does not load a model of this architecture");
        }
        context = ContextCalls.create(model, contextParams(contextTokens, cache, threads));
        if (context.equals(MemorySegment.NULL)) {
            ModelCalls.free(model);
            arena.close();
            throw new FitException(
                    "the library has no context of %d tokens for it".formatted(contextTokens));
        }
        var zeros = arena.allocate(JAVA_INT, PIECE);
        set("token", zeros);
        set("pos", positions);
        set("logits", outputs);
        var counts = arena.allocate(JAVA_INT, PIECE);
        var pointers = arena.allocate(ADDRESS, PIECE);
        for (int i = 0; i < PIECE; i++) {
            counts.setAtIndex(JAVA_INT, i, 1);
            pointers.setAtIndex(ADDRESS, i, zeros);
        }
        set("n_seq_id", counts);
        set("seq_id", pointers);
    }

    private MemorySegment modelParams() {
        var params = ModelCalls.defaultParams(arena);
        Layouts.set(Layouts.MODEL_PARAMS, params, "load_mode", ModelCalls.READ);
        return params;
    }

    private MemorySegment contextParams(int contextTokens, TensorType cache, int threads) {
        var params = ContextCalls.defaultParams(arena);
        param(params, "n_ctx", contextTokens);
        param(params, "n_batch", PIECE);
        param(params, "n_ubatch", PIECE);
        param(params, "n_threads", threads);
        param(params, "n_threads_batch", threads);
        param(params, "type_k", cache.code());
        param(params, "type_v", cache.code());
        if (cache != TensorType.F16) {
            param(params, "flash_attn_type", 1);
        }
        Layouts.set(Layouts.CONTEXT_PARAMS, params, "kv_unified", true);
        Layouts.set(Layouts.CONTEXT_PARAMS, params, "embeddings", embeds);
        if (embeds) {
            param(params, "pooling_type", MEAN_POOLING);
        }
        return params;
    }

    private static void param(MemorySegment params, String name, int value) {
        Layouts.set(Layouts.CONTEXT_PARAMS, params, name, value);
    }

    private void set(String member, MemorySegment value) {
        Layouts.set(Layouts.BATCH, batch, member, value);
    }

    /**
     * Seconds that the next tokens take, the last of them with an answer.
     *
     * @param count at most 512
     */
    double decode(int count) {
        for (int i = 0; i < count; i++) {
            positions.setAtIndex(JAVA_INT, i, position++);
            outputs.set(JAVA_BYTE, i, (byte) (embeds || i == count - 1 ? 1 : 0));
        }
        Layouts.set(Layouts.BATCH, batch, "n_tokens", count);
        long start = System.nanoTime();
        int result = ContextCalls.decode(context, batch);
        if (result != 0) {
            throw new FitException("the library could not compute the trial: " + result);
        }
        // asking for the answer waits for devices that compute on their own
        if (embeds) {
            ContextCalls.sequenceEmbedding(context, 0);
        } else {
            ContextCalls.logits(context, count - 1);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** Begins anew with an empty context. */
    void forget() {
        ContextCalls.remove(ContextCalls.memory(context), 0, 0, -1);
        position = 0;
    }

    @Override
    public void close() {
        ContextCalls.free(context);
        ModelCalls.free(model);
        arena.close();
    }
}
