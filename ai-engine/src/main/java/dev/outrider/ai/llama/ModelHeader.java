package dev.outrider.ai.llama;

import dev.outrider.ai.gguf.GgufException;
import dev.outrider.ai.gguf.GgufFile;
import dev.outrider.ai.gguf.GgufValue;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What the engine needs to know of a model file before libllama sees it. */
record ModelHeader(GgufFile file) {
    private static final int MEAN_POOLING = 1;

    /** llama.cpp's own limit. */
    private static final int MOST_LAYERS = 512;

    static ModelHeader read(Path path) {
        try {
            return new ModelHeader(GgufFile.read(path));
        } catch (GgufException e) {
            throw new LlamaException(String.valueOf(e.getMessage()), e);
        }
    }

    Path path() {
        return file.path();
    }

    /** Refuses options the model cannot keep. */
    void check(LlamaOptions options) {
        long trained = file.trainedContext().orElse(0);
        if (trained <= 0) {
            throw new LlamaException(
                    path() + " is no language model: it names no context it was trained for");
        }
        requireLayersAndVocabulary();
        if (options.contextTokens() > trained) {
            throw new ContextTooLargeException(path(), options.contextTokens(), (int) trained);
        }
        if (!options.cacheType().suits(headSize())) {
            throw new LlamaException(
                    "cache_type %s needs attention heads of a multiple of 32, %s has heads of %d: use F16"
                            .formatted(options.cacheType(), path(), headSize()));
        }
    }

    /** The library ends the process over other numbers of layers, and over text without tokens. */
    private void requireLayersAndVocabulary() {
        if (layers() < 1 || layers() > MOST_LAYERS) {
            throw new LlamaException("%s cannot have %d layers".formatted(path(), layers()));
        }
        var vocabulary = file.text("tokenizer.ggml.model").orElse("none");
        if (vocabulary.equals("none") || vocabulary.equals("no_vocab")) {
            throw new LlamaException(path() + " has no vocabulary, so no text can be put to it");
        }
    }

    private long headSize() {
        long heads = Math.max(1, whole("attention.head_count").orElse(1));
        return whole("attention.key_length").orElse(width() / heads);
    }

    private long width() {
        return whole("embedding_length").orElse(0);
    }

    /** All heads of a token's query together; layers that differ count as wide as the network. */
    long queryWidth() {
        var heads = whole("attention.head_count");
        return heads.isPresent() ? heads.getAsLong() * headSize() : width();
    }

    long layers() {
        return whole("block_count").orElse(0);
    }

    /** Experts that work on a token, 1 where there are none. */
    long expertsUsed() {
        return whole("expert_used_count").orElse(1);
    }

    /** Models that look both ways only give embeddings; asking them for a next token is fatal. */
    boolean generates() {
        return !new GgufValue.Flag(false).equals(file.metadata().get(key("attention.causal")));
    }

    /** llama.cpp's number of the way to pool token vectors; the mean where the file names none. */
    int pooling() {
        return (int) whole("pooling_type").orElse(MEAN_POOLING);
    }

    String chatTemplate() {
        return file.chatTemplate()
                .orElseThrow(() ->
                        new LlamaException(
                                path()
                                        + " has no chat template: use a model trained for chat, or"
                                        + " a plain prompt"));
    }

    private OptionalLong whole(String name) {
        return file.whole(key(name));
    }

    private String key(String name) {
        return file.architecture().orElse("") + "." + name;
    }
}
