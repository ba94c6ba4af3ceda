package dev.outrider.ai.llama;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.outrider.ai.llama.foreign.ContextCalls;
import dev.outrider.ai.llama.foreign.Layouts;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Computes embeddings in a context of its own, one text at a time on the asking thread. */
final class Embedder implements AutoCloseable {
    private final NativeModel model;
    private final int contextTokens;
    private final int threads;
    private final MemorySegment context;
    private final NativeBatch batch;

    /**
     * Makes the context.
     *
     * @param pooling llama.cpp's number of the way to pool
     */
    Embedder(NativeModel model, LlamaOptions options, int pooling) {
        this.model = model;
        contextTokens = options.contextTokens();
        threads = NativeContext.threads(options);
        context = create(model, options, pooling, threads);
        batch = new NativeBatch(Arena.ofAuto(), contextTokens);
    }

    /** Models that look both ways need the whole text in one batch, so batch and context agree. */
    private static MemorySegment create(
            NativeModel model, LlamaOptions options, int pooling, int threads) {
        try (var arena = Arena.ofConfined()) {
            var params = ContextCalls.defaultParams(arena);
            for (String size : new String[] {"n_ctx", "n_batch", "n_ubatch"}) {
                Layouts.set(Layouts.CONTEXT_PARAMS, params, size, options.contextTokens());
            }
            Layouts.set(Layouts.CONTEXT_PARAMS, params, "n_threads", threads);
            Layouts.set(Layouts.CONTEXT_PARAMS, params, "n_threads_batch", threads);
            Layouts.set(Layouts.CONTEXT_PARAMS, params, "embeddings", true);
            Layouts.set(Layouts.CONTEXT_PARAMS, params, "pooling_type", pooling);
            return NativeContext.create(model, params, options);
        }
    }

    synchronized float[] embed(EmbeddingRequest request) {
        var tokens = model.tokenize(request.text(), true, false);
        if (tokens.length > contextTokens) {
            throw new LlamaException(
                    "the text has %d tokens, the context only %d: shorten it or load the model with a larger n_ctx"
                            .formatted(tokens.length, contextTokens));
        }
        ContextCalls.remove(ContextCalls.memory(context), 0, -1, -1);
        batch.clear();
        for (int i = 0; i < tokens.length; i++) {
            batch.add(tokens[i], i, 0, true);
        }
        int result = decode();
        var pooled = ContextCalls.sequenceEmbedding(context, 0);
        if (result != 0 || pooled.equals(MemorySegment.NULL)) {
            throw new LlamaException("the model gives no embedding, code " + result);
        }
        return normalized(
                pooled.reinterpret((long) model.embeddingLength() * Float.BYTES)
                        .toArray(JAVA_FLOAT));
    }

    private int decode() {
        if (!Cores.take(threads, () -> false)) {
            throw new LlamaException("the process is ending");
        }
        try {
            return ContextCalls.decode(context, batch.struct());
        } finally {
            Cores.giveBack(threads);
        }
    }

    private static float[] normalized(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        double length = Math.sqrt(squares);
        if (!(length > 0)) {
            throw new LlamaException("the model's embedding has no direction");
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / length);
        }
        return vector;
    }

    @Override
    public void close() {
        ContextCalls.free(context);
    }
}
