package dev.outrider.ai.fit;

/**
 * The memory a loaded model takes, in bytes.
 *
 * @param weights of all tensors
 * @param cache keys and values of the whole context
 * @param compute estimate of libllama's buffers for intermediate results
 */
public record MemoryNeed(long weights, long cache, long compute) {
    public long total() {
        return weights + cache + compute;
    }
}
