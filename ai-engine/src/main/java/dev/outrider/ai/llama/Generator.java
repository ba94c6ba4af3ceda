package dev.outrider.ai.llama;

import dev.outrider.ai.gguf.GgufException;
import dev.outrider.ai.gguf.GgufFile;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A loaded model with the thread that runs it. Requests are prepared on the asking thread, so a bad
 * one is refused at once, and handed to the owner thread.
 */
final class Generator implements AutoCloseable {
    private final ReentrantLock lifecycle = new ReentrantLock();
    private final LlamaOptions options;
    private final NativeModel model;
    private final Scheduler scheduler;
    private boolean closed;

    private Generator(NativeModel model, LlamaOptions options) {
        this.model = model;
        this.options = options;
        scheduler = new Scheduler(model, options);
    }

    static Generator open(Path file, LlamaOptions options) {
        Llama.require();
        checkContext(file, options);
        var model = NativeModel.load(file);
        try {
            return new Generator(model, options);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static void checkContext(Path file, LlamaOptions options) {
        long trained = header(file).trainedContext().orElse(0);
        if (trained <= 0) {
            throw new LlamaException(
                    file + " is no language model: it names no context it was trained for");
        }
        if (options.contextTokens() > trained) {
            throw new ContextTooLargeException(file, options.contextTokens(), (int) trained);
        }
    }

    private static GgufFile header(Path file) {
        try {
            return GgufFile.read(file);
        } catch (GgufException e) {
            throw new LlamaException(String.valueOf(e.getMessage()), e);
        }
    }

    TokenStream generate(GenerationRequest request) {
        lifecycle.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the model is closed");
            }
            var prompt = model.tokenize(request.prompt());
            checkLength(prompt.length);
            return submit(request, prompt, Sampler.of(model, request));
        } finally {
            lifecycle.unlock();
        }
    }

    private TokenStream submit(GenerationRequest request, int[] prompt, Sampler sampler) {
        var sequence =
                new Sequence(
                        request, prompt, options.contextTokens(), sampler, scheduler::interrupt);
        try {
            scheduler.submit(sequence);
        } catch (RuntimeException e) {
            sampler.close();
            throw e;
        }
        return sequence.stream();
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
        lifecycle.lock();
        try {
            if (!closed) {
                closed = true;
                scheduler.close();
                model.close();
            }
        } finally {
            lifecycle.unlock();
        }
    }
}
