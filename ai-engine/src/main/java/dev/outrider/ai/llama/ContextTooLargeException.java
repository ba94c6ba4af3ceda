package dev.outrider.ai.llama;

import java.nio.file.Path;

/** More context was asked for than the model was trained for, so the promise could not be kept. */
public final class ContextTooLargeException extends LlamaException {
    private final int askedTokens;
    private final int trainedTokens;

    ContextTooLargeException(Path file, int askedTokens, int trainedTokens) {
        super(
                "a context of %d tokens was asked for, but %s was trained for %d: ask for n_ctx=%d or less, or use another model"
                        .formatted(askedTokens, file, trainedTokens, trainedTokens));
        this.askedTokens = askedTokens;
        this.trainedTokens = trainedTokens;
    }

    public int askedTokens() {
        return askedTokens;
    }

    /** The most that would fit. */
    public int trainedTokens() {
        return trainedTokens;
    }
}
