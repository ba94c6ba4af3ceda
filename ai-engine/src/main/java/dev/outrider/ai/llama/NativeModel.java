package dev.outrider.ai.llama;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.outrider.ai.llama.foreign.ModelCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A loaded model and its vocabulary; immutable, so every thread may read it until it is closed. */
final class NativeModel implements AutoCloseable {
    private static final int USUAL_PIECE_BYTES = 256;

    private final MemorySegment model;
    private final MemorySegment vocabulary;
    private final int vocabularySize;

    private NativeModel(MemorySegment model) {
        this.model = model;
        vocabulary = ModelCalls.vocabulary(model);
        vocabularySize = ModelCalls.vocabularySize(vocabulary);
    }

    /** Loads a file whose header was already found sound. */
    static NativeModel load(Path file) {
        try (var arena = Arena.ofConfined()) {
            var params = ModelCalls.defaultParams(arena);
            var model = ModelCalls.load(arena.allocateFrom(file.toString()), params);
            if (model.equals(MemorySegment.NULL)) {
                throw new LlamaException(
                        "libllama refuses %s although its header is sound: its architecture or a tensor is unknown or missing, or memory is short (-D%s=true shows why)"
                                .formatted(file, Llama.NATIVE_LOG));
            }
            return new NativeModel(model);
        }
    }

    MemorySegment pointer() {
        return model;
    }

    MemorySegment vocabulary() {
        return vocabulary;
    }

    int vocabularySize() {
        return vocabularySize;
    }

    /** Tokens of a text, with what the model wants at the beginning of one. */
    int[] tokenize(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        int capacity = bytes.length + 8;
        try (var arena = Arena.ofConfined()) {
            var raw = arena.allocate(bytes.length + 1L);
            MemorySegment.copy(bytes, 0, raw, JAVA_BYTE, 0, bytes.length);
            var tokens = arena.allocate(JAVA_INT, capacity);
            int count =
                    ModelCalls.tokenize(
                            vocabulary, raw, bytes.length, tokens, capacity, true, true);
            if (count < 0) {
                throw new LlamaException("the prompt could not be tokenized: " + count);
            }
            return tokens.asSlice(0, (long) count * Integer.BYTES).toArray(JAVA_INT);
        }
    }

    /** Bytes of a token's text, none for special tokens; may be a part of a character. */
    byte[] piece(int token) {
        try (var arena = Arena.ofConfined()) {
            var buffer = arena.allocate(USUAL_PIECE_BYTES);
            int length = piece(token, buffer);
            if (length < 0) {
                buffer = arena.allocate(-length);
                length = piece(token, buffer);
            }
            return buffer.asSlice(0, length).toArray(JAVA_BYTE);
        }
    }

    private int piece(int token, MemorySegment buffer) {
        return ModelCalls.piece(vocabulary, token, buffer, (int) buffer.byteSize(), 0, false);
    }

    boolean endsGeneration(int token) {
        return ModelCalls.endsGeneration(vocabulary, token);
    }

    @Override
    public void close() {
        ModelCalls.free(model);
    }
}
