package dev.outrider.ai.llama.foreign;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;

/** Models and their vocabularies. Both are immutable and may be read from any thread. */
public final class ModelCalls {
    private static final MethodHandle DEFAULT_PARAMS =
            Downcalls.returning(Layouts.MODEL_PARAMS, "llama_model_default_params");
    private static final MethodHandle LOAD =
            Downcalls.returning(
                    ADDRESS, "llama_model_load_from_file", ADDRESS, Layouts.MODEL_PARAMS);
    private static final MethodHandle FREE = Downcalls.voids("llama_model_free", ADDRESS);
    private static final MethodHandle VOCABULARY =
            Downcalls.returning(ADDRESS, "llama_model_get_vocab", ADDRESS);
    private static final MethodHandle VOCABULARY_SIZE =
            Downcalls.critical(JAVA_INT, "llama_vocab_n_tokens", ADDRESS);
    private static final MethodHandle VOCABULARY_TYPE =
            Downcalls.returning(JAVA_INT, "llama_vocab_type", ADDRESS);
    private static final MethodHandle TEXT =
            Downcalls.returning(ADDRESS, "llama_vocab_get_text", ADDRESS, JAVA_INT);
    private static final MethodHandle TOKENIZE =
            Downcalls.returning(
                    JAVA_INT,
                    "llama_tokenize",
                    ADDRESS,
                    ADDRESS,
                    JAVA_INT,
                    ADDRESS,
                    JAVA_INT,
                    JAVA_BOOLEAN,
                    JAVA_BOOLEAN);
    private static final MethodHandle PIECE =
            Downcalls.critical(
                    JAVA_INT,
                    "llama_token_to_piece",
                    ADDRESS,
                    JAVA_INT,
                    ADDRESS,
                    JAVA_INT,
                    JAVA_INT,
                    JAVA_BOOLEAN);
    private static final MethodHandle ENDS_GENERATION =
            Downcalls.critical(JAVA_BOOLEAN, "llama_vocab_is_eog", ADDRESS, JAVA_INT);
    private static final MethodHandle IS_CONTROL =
            Downcalls.critical(JAVA_BOOLEAN, "llama_vocab_is_control", ADDRESS, JAVA_INT);
    private static final MethodHandle BEGINNING =
            Downcalls.returning(JAVA_INT, "llama_vocab_bos", ADDRESS);
    private static final MethodHandle END =
            Downcalls.returning(JAVA_INT, "llama_vocab_eos", ADDRESS);
    private static final MethodHandle EMBEDDING_LENGTH =
            Downcalls.returning(JAVA_INT, "llama_model_n_embd_out", ADDRESS);
    private static final MethodHandle DEFAULT_QUANTIZE_PARAMS =
            Downcalls.returning(Layouts.QUANTIZE_PARAMS, "llama_model_quantize_default_params");
    private static final MethodHandle QUANTIZE =
            Downcalls.returning(JAVA_INT, "llama_model_quantize", ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle ADAPTER =
            Downcalls.returning(ADDRESS, "llama_adapter_lora_init", ADDRESS, ADDRESS);

    /** {@code LLAMA_LOAD_MODE_NONE}: weights are read. */
    public static final int READ = 0;

    /** {@code LLAMA_LOAD_MODE_MMAP}: the file is mapped into memory. */
    public static final int MAPPED = 1;

    private ModelCalls() {}

    public static MemorySegment defaultParams(SegmentAllocator allocator) {
        try {
            return (MemorySegment) DEFAULT_PARAMS.invokeExact(allocator);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    /** Gives NULL if the file is refused. */
    public static MemorySegment load(MemorySegment path, MemorySegment params) {
        try {
            return (MemorySegment) LOAD.invokeExact(path, params);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static void free(MemorySegment model) {
        try {
            FREE.invokeExact(model);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static MemorySegment vocabulary(MemorySegment model) {
        try {
            return (MemorySegment) VOCABULARY.invokeExact(model);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static int vocabularySize(MemorySegment vocabulary) {
        try {
            return (int) VOCABULARY_SIZE.invokeExact(vocabulary);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    /** llama.cpp's number of the way that text is split. */
    public static int vocabularyType(MemorySegment vocabulary) {
        try {
            return (int) VOCABULARY_TYPE.invokeExact(vocabulary);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    /** A token as the vocabulary spells it. */
    public static MemorySegment text(MemorySegment vocabulary, int token) {
        try {
            return (MemorySegment) TEXT.invokeExact(vocabulary, token);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    /** Gives minus the needed capacity if there is too little. */
    public static int tokenize(
            MemorySegment vocabulary,
            MemorySegment text,
            int textBytes,
            MemorySegment tokens,
            int capacity,
            boolean addSpecial,
            boolean parseSpecial) {
        try {
            return (int)
                    TOKENIZE.invokeExact(
                            vocabulary,
                            text,
                            textBytes,
                            tokens,
                            capacity,
                            addSpecial,
                            parseSpecial);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    /** Gives minus the needed capacity if there is too little. */
    public static int piece(
            MemorySegment vocabulary,
            int token,
            MemorySegment buffer,
            int capacity,
            int strip,
            boolean special) {
        try {
            return (int) PIECE.invokeExact(vocabulary, token, buffer, capacity, strip, special);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static boolean endsGeneration(MemorySegment vocabulary, int token) {
        try {
            return (boolean) ENDS_GENERATION.invokeExact(vocabulary, token);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static boolean isControl(MemorySegment vocabulary, int token) {
        try {
            return (boolean) IS_CONTROL.invokeExact(vocabulary, token);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    /** The token that begins a prompt, negative if there is none. */
    public static int beginning(MemorySegment vocabulary) {
        try {
            return (int) BEGINNING.invokeExact(vocabulary);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    /** The token that ends a text, negative if there is none. */
    public static int end(MemorySegment vocabulary) {
        try {
            return (int) END.invokeExact(vocabulary);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static int embeddingLength(MemorySegment model) {
        try {
            return (int) EMBEDDING_LENGTH.invokeExact(model);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static MemorySegment defaultQuantizeParams(SegmentAllocator allocator) {
        try {
            return (MemorySegment) DEFAULT_QUANTIZE_PARAMS.invokeExact(allocator);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    /** Gives 0 if it went well. */
    public static int quantize(MemorySegment source, MemorySegment target, MemorySegment params) {
        try {
            return (int) QUANTIZE.invokeExact(source, target, params);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    /** Gives NULL if the file is refused; freed with its model. */
    public static MemorySegment adapter(MemorySegment model, MemorySegment path) {
        try {
            return (MemorySegment) ADAPTER.invokeExact(model, path);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }
}
