package dev.outrider.ai.llama;

import java.nio.file.Path;

/**
 * A LoRA adapter: a small file that changes how a model answers.
 *
 * @param scale of its influence, 1 as trained, 0 none
 */
public record Adapter(Path file, float scale) {
    public Adapter {
        if (!Float.isFinite(scale)) {
            throw new IllegalArgumentException("the scale of an adapter must be finite");
        }
    }
}
