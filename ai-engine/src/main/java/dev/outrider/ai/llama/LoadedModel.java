package dev.outrider.ai.llama;

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
    /** Read by whoever uses the model, written by who closes it. */
    private final ReentrantReadWriteLock lifecycle = new ReentrantReadWriteLock();

    private final ModelHeader header;
    private final LlamaOptions options;
    private final NativeModel model;
    private final @Nullable Scheduler scheduler;
    private @Nullable ChatTokenizer chat;
    private @Nullable Embedder embedder;
    private boolean closed;

    private LoadedModel(ModelHeader header, NativeModel model, LlamaOptions options) {
        this.header = header;
        this.model = model;
        this.options = options;
        var adapters = Adapters.load(model, header, options);
        scheduler = header.generates() ? new Scheduler(model, adapters, options) : null;
    }

    static LoadedModel open(Path file, LlamaOptions options) {
        Llama.require();
        var header = ModelHeader.read(file);
        header.check(options);
        var model = NativeModel.load(header, options);
        try {
            return new LoadedModel(header, model, options);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
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
            chat = new ChatTokenizer(model, header.chatTemplate());
        }
        return chat;
    }

    private synchronized Embedder embedder() {
        if (embedder == null) {
            embedder = new Embedder(model, options, header.pooling());
        }
        return embedder;
    }

    private TokenStream submit(int[] prompt, AnswerOptions answer) {
        var scheduler = generation();
        checkLength(prompt.length);
        var sampler = Sampler.of(model, answer, prompt);
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
