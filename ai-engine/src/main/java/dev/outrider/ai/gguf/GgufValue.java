package dev.outrider.ai.gguf;

/** One metadata value of a model file. */
public sealed interface GgufValue {
    /** Any integer type of the format; unsigned 64-bit numbers beyond {@code long} are refused. */
    record Whole(long value) implements GgufValue {}

    /** A float32 or float64. */
    record Real(double value) implements GgufValue {}

    record Flag(boolean value) implements GgufValue {}

    record Text(String value) implements GgufValue {}

    /**
     * An array, of which only the length is kept: vocabularies are large and the engine reads them.
     */
    record Array(long length) implements GgufValue {}
}
