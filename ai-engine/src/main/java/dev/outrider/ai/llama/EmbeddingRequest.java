package dev.outrider.ai.llama;

/**
 * A text whose meaning is wanted as a vector of length one, so that the dot product of two is the
 * cosine of their angle. Token vectors are pooled as the model's metadata says, or else averaged.
 */
public record EmbeddingRequest(String text) {
    public EmbeddingRequest {
        if (text.isBlank()) {
            throw new IllegalArgumentException("an empty text has no meaning");
        }
    }
}
