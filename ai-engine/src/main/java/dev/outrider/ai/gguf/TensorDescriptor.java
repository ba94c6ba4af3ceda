package dev.outrider.ai.gguf;

import java.util.List;

/**
 * Where a tensor lies in the file.
 *
 * @param dimensions in ggml's order: length of a row first
 * @param type ggml's number of the element type
 * @param offset in bytes from the start of the tensor data
 */
public record TensorDescriptor(String name, List<Long> dimensions, int type, long offset) {
    public TensorDescriptor {
        dimensions = List.copyOf(dimensions);
    }

    /** Number of elements. */
    public long elements() {
        return dimensions.stream().reduce(1L, Math::multiplyExact);
    }
}
