package dev.outrider.ai.llama;

import dev.outrider.ai.gguf.GgufException;
import dev.outrider.ai.gguf.GgufFile;
import dev.outrider.ai.gguf.GgufValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A loaded model with the thread that runs it. Requests are prepared on the asking thread, so a bad
 * one is refused at once, and handed to the owner thread.
 */
final class LoadedModel implements AutoCloseable {
    private static final int MEAN_POOLING = 1;

    /** Read by whoever uses the model, written by who closes it. */
    private final ReentrantReadWriteLock lifecycle = new ReentrantReadWriteLock();

    private final GgufFile header;
    private final LlamaOptions options;
    private final NativeModel model;
    private final @Nullable Scheduler scheduler;
    private @Nullable ChatTokenizer chat;
    private @Nullable Embedder embedder;
    private boolean closed;

    private LoadedModel(GgufFile header, NativeModel model, LlamaOptions options) {
        this.header = header;
        this.model = model;
        this.options = options;
        var adapters = Adapters.load(model, header, options);
        scheduler = generates(header) ? new Scheduler(model, adapters, options) : null;
    }

    static LoadedModel open(Path file, LlamaOptions options) {
        Llama.require();
        var header = header(file);
        checkContext(header, options);
        checkCacheType(header, options);
        var model = NativeModel.load(file, options);
        try {
            return new LoadedModel(header, model, options);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static void checkContext(GgufFile header, LlamaOptions options) {
        long trained = header.trainedContext().orElse(0);
        if (trained <= 0) {
            throw new LlamaException(
                    "%s is no language model: it names no context it was trained for"
                            .formatted(header.path()));
        }
        if (options.contextTokens() > trained) {
            throw new ContextTooLargeException(
                    header.path(), options.contextTokens(), (int) trained);
        }
    }

    private static void checkCacheType(GgufFile header, LlamaOptions options) {
        var name = header.architecture().orElse("");
        long width = header.whole(name + ".embedding_length").orElse(0);
        long heads = header.whole(name + ".attention.head_count").orElse(1);
        long headSize =
                header.whole(name + ".attention.key_length").orElse(width / Math.max(1, heads));
        if (!options.cacheType().suits(headSize)) {
            throw new LlamaException(
                    "cache_type %s needs attention heads of a multiple of 32, %s has heads of %d: use F16"
                            .formatted(options.cacheType(), header.path(), headSize));
        }
    }

    static GgufFile header(Path file) {
        try {
            return GgufFile.read(file);
        } catch (GgufException e) {
            throw new LlamaException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Models that look both ways only give embeddings; asking them for a next token is fatal. */
    private static boolean generates(GgufFile header) {
        var key = header.architecture().orElse("") + ".attention.causal";
        return !new GgufValue.Flag(false).equals(header.metadata().get(key));
    }

    TokenStream answer(PromptRequest request) {
        return whileOpen(() -> submit(tokens(request), request.answer()));
    }

    private int[] tokens(PromptRequest request) {
        return switch (request) {
            case GenerationRequest(var prompt, var answer) -> model.tokenize(prompt, true, true);
            case ChatRequest chatting -> chatTokenizer().tokenize(chatting);
        };
    }

    Prefix learn(PrefixRequest request) {
        try {
            var tokens = whileOpen(() -> tokens(request.example()));
            var file = new PrefixFiles(header.path(), options).file(request.folder(), tokens);
            if (PrefixFiles.sound(file)
                    && whileOpen(() -> generation().load(tokens, file)).join()) {
                return new Prefix(tokens.length, Prefix.Origin.READ);
            }
            return new Prefix(tokens.length, compute(tokens, file));
        } catch (IOException e) {
            throw new LlamaException(
                    "a prompt's beginning could not be kept in %s: %s"
                            .formatted(request.folder(), e.getMessage()),
                    e);
        }
    }

    private Prefix.Origin compute(int[] tokens, Path file) throws IOException {
        try (var stream = whileOpen(() -> submit(tokens, AnswerOptions.of(1)))) {
            stream.rest();
        }
        return PrefixFiles.write(
                        file, path -> whileOpen(() -> generation().save(tokens, path)).join())
                ? Prefix.Origin.COMPUTED
                : Prefix.Origin.NOT_WRITTEN;
    }

    float[] embed(EmbeddingRequest request) {
        return whileOpen(() -> embedder().embed(request));
    }

    private <T> T whileOpen(Supplier<T> use) {
        lifecycle.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the model is closed");
            }
            return use.get();
        } finally {
            lifecycle.readLock().unlock();
        }
    }

    private synchronized ChatTokenizer chatTokenizer() {
        if (chat == null) {
            var template =
                    header.chatTemplate()
                            .orElseThrow(() ->
                                    new LlamaException(
                                            header.path()
                                                    + " has no chat template: use a model trained for chat, or a plain prompt"));
            chat = new ChatTokenizer(model, template);
        }
        return chat;
    }

    private synchronized Embedder embedder() {
        if (embedder == null) {
            var key = header.architecture().orElse("") + ".pooling_type";
            embedder = new Embedder(model, options, (int) header.whole(key).orElse(MEAN_POOLING));
        }
        return embedder;
    }

    private TokenStream submit(int[] prompt, AnswerOptions answer) {
        var scheduler = generation();
        checkLength(prompt.length);
        var sampler = Sampler.of(model, answer);
        var sequence =
                new Sequence(
                        answer, prompt, options.contextTokens(), sampler, scheduler::interrupt);
        try {
            scheduler.submit(sequence);
        } catch (RuntimeException e) {
            sampler.close();
            throw e;
        }
        return sequence.stream();
    }

    private Scheduler generation() {
        if (scheduler == null) {
            throw new LlamaException(header.path() + " only gives embeddings, it cannot answer");
        }
        return scheduler;
    }

    private void checkLength(int promptTokens) {
        if (promptTokens == 0) {
            throw new LlamaException("the prompt is empty");
        }
        if (promptTokens >= options.contextTokens()) {
            throw new LlamaException(
                    "the prompt has %d tokens, the context only %d: shorten it or load the model with a larger n_ctx"
                            .formatted(promptTokens, options.contextTokens()));
        }
    }

    @Override
    public void close() {
        lifecycle.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                free();
            }
        } finally {
            lifecycle.writeLock().unlock();
        }
    }

    private synchronized void free() {
        if (scheduler != null) {
            scheduler.close();
        }
        if (embedder != null) {
            embedder.close();
        }
        model.close();
    }
}
