package dev.outrider.ai.llama;

import java.util.Arrays;
import java.util.Locale;

/** Ways to store a model's weights in fewer bits, by llama.cpp's names and numbers. */
public enum Quantization {
    F16(1),
    Q4_0(2),
    Q4_1(3),
    Q8_0(7),
    Q5_0(8),
    Q5_1(9),
    Q2_K(10),
    Q3_K_S(11),
    Q3_K_M(12),
    Q3_K_L(13),
    Q4_K_S(14),
    Q4_K_M(15),
    Q5_K_S(16),
    Q5_K_M(17),
    Q6_K(18),
    IQ4_NL(25),
    IQ4_XS(30),
    BF16(32);

    private final int code;

    Quantization(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /**
     * The one with a name, whatever its case.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public static Quantization of(String name) {
        return Arrays.stream(values())
                .filter(type -> type.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "there is no quantization %s, only %s"
                                        .formatted(name, Arrays.toString(values()))));
    }
}
