package dev.outrider.ai.llama;

import java.util.Arrays;
import java.util.Locale;

/** How keys and values of earlier tokens are stored; quantized ones are smaller and less exact. */
public enum CacheType {
    /** Two bytes a number. */
    F16(1, 1),
    /** About one byte a number. */
    Q8_0(8, 32),
    /** About half a byte a number. */
    Q4_0(2, 32);

    private final int code;
    private final int blockElements;

    CacheType(int code, int blockElements) {
        this.code = code;
        this.blockElements = blockElements;
    }

    /** ggml's number of the type. */
    int code() {
        return code;
    }

    boolean isQuantized() {
        return this != F16;
    }

    /** Quantized numbers come in blocks, and a head must be made of whole ones. */
    boolean suits(long headSize) {
        return headSize % blockElements == 0;
    }

    /**
     * The type of that name, in whatever case.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static CacheType of(String name) {
        return Arrays.stream(values())
                .filter(type -> type.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "option cache_type must be one of %s, not %s"
                                        .formatted(Arrays.toString(values()), name)));
    }
}
