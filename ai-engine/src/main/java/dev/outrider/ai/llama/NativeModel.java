package dev.outrider.ai.llama;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.outrider.ai.llama.foreign.ModelCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A loaded model and its vocabulary; immutable, so every thread may read it until it is closed. */
final class NativeModel implements AutoCloseable {
    private static final int USUAL_PIECE_BYTES = 256;

    /** llama.cpp's number of SentencePiece vocabularies. */
    private static final int SENTENCE_PIECE = 1;

    private static final int BYTES = 256;

    /**
     * Vocabularies of one family differ by a few unused tokens at their end, as llama.cpp knows.
     */
    private static final int MOST_ADDED_TOKENS = 128;

    private final MemorySegment model;
    private final MemorySegment vocabulary;
    private final int vocabularySize;
    private final int contextTokens;
    private final int longestPieceBytes;
    private final AtomicReferenceArray<byte @Nullable []> said;
    private final int[] byteTokens;
    private final int[][] byFirstByte;
    private final boolean spellsByBytes;
    private final PromptPace.Work work;

    private NativeModel(MemorySegment model, PromptPace.Work work, LlamaOptions options) {
        this.model = model;
        this.work = work;
        contextTokens = options.contextTokens();
        vocabulary = ModelCalls.vocabulary(model);
        vocabularySize = ModelCalls.vocabularySize(vocabulary);
        said = new AtomicReferenceArray<>(vocabularySize);
        var pieces =
                IntStream.range(0, vocabularySize).mapToObj(token -> piece(token, true)).toList();
        longestPieceBytes = pieces.stream().mapToInt(piece -> piece.length).max().orElse(1);
        byteTokens = byteTokens(pieces);
        byFirstByte = byFirstByte(pieces);
        spellsByBytes = spellsByBytes(pieces, byteTokens);
    }

    private int[] byteTokens(List<byte[]> pieces) {
        var tokens = new int[BYTES];
        Arrays.fill(tokens, -1);
        for (int token = 0; token < pieces.size(); token++) {
            var piece = pieces.get(token);
            if (piece.length == 1 && !ModelCalls.isControl(vocabulary, token)) {
                tokens[piece[0] & 0xff] = token;
            }
        }
        return tokens;
    }

    private static boolean spellsByBytes(List<byte[]> pieces, int[] byteTokens) {
        for (byte[] piece : pieces) {
            for (byte one : piece) {
                if (one != 0 && byteTokens[one & 0xff] < 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The tokens by the first byte of their text; behind them those that have none. */
    private int[][] byFirstByte(List<byte[]> pieces) {
        var tokens = IntStream.range(0, pieces.size()).boxed();
        var grouped = tokens.collect(Collectors.groupingBy(token -> firstByte(token, pieces)));
        return IntStream.rangeClosed(0, BYTES)
                .mapToObj(first -> grouped.getOrDefault(first, List.of()))
                .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    private int firstByte(int token, List<byte[]> pieces) {
        var piece = pieces.get(token);
        return piece.length == 0 || endsGeneration(token) ? BYTES : piece[0] & 0xff;
    }

    /** Loads a file whose header was already found sound. */
    static NativeModel load(ModelHeader header, LlamaOptions options) {
        var file = header.path();
        try (var arena = Arena.ofConfined()) {
            var params = LoadingParams.of(file, options, arena);
            var model = ModelCalls.load(arena.allocateFrom(file.toString()), params);
            if (model.equals(MemorySegment.NULL)) {
                throw new LlamaException(
                        "libllama refuses %s although its header is sound: its architecture or a tensor is unknown or missing, or memory is short (-D%s=true shows why)"
                                .formatted(file, Llama.NATIVE_LOG));
            }
            if (!splitsEveryText(ModelCalls.vocabulary(model))) {
                ModelCalls.free(model);
                throw new LlamaException(
                        file
                                + " has no tokens for some bytes, so some texts cannot be put to"
                                + " it: convert the model anew");
            }
            return new NativeModel(model, PromptPace.Work.of(header), options);
        }
    }

    /**
     * The library ends the process over a byte for which a SentencePiece vocabulary has no token.
     */
    private static boolean splitsEveryText(MemorySegment vocabulary) {
        if (ModelCalls.vocabularyType(vocabulary) != SENTENCE_PIECE) {
            return true;
        }
        var texts =
                IntStream.range(0, ModelCalls.vocabularySize(vocabulary))
                        .mapToObj(token -> spelling(vocabulary, token))
                        .collect(Collectors.toSet());
        return IntStream.range(0, BYTES)
                .allMatch(value ->
                        texts.contains(String.format(Locale.ROOT, "<0x%02X>", value))
                                || texts.contains(String.valueOf((char) value)));
    }

    private static String spelling(MemorySegment vocabulary, int token) {
        return ModelCalls.text(vocabulary, token)
                .reinterpret(Long.MAX_VALUE)
                .getString(0, StandardCharsets.ISO_8859_1);
    }

    MemorySegment pointer() {
        return model;
    }

    /** What decoding a token takes. */
    PromptPace.Work work() {
        return work;
    }

    MemorySegment vocabulary() {
        return vocabulary;
    }

    int vocabularySize() {
        return vocabularySize;
    }

    /**
     * Tokens of a text.
     *
     * @param begin whether to add what the model wants at the beginning of a prompt
     * @param special whether the texts of special tokens stand for those tokens
     * @throws LlamaException if there are surely more than the context holds; tokenizing a very
     *     long text can take many times its length, so it is not even begun
     */
    int[] tokenize(String text, boolean begin, boolean special) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        int atLeast = bytes.length / longestPieceBytes;
        if (atLeast > contextTokens) {
            throw new LlamaException(
                    "the prompt has %d tokens or more, the context only %d: shorten it or load the model with a larger n_ctx"
                            .formatted(atLeast, contextTokens));
        }
        int capacity = bytes.length + 8;
        try (var arena = Arena.ofConfined()) {
            var raw = arena.allocate(bytes.length + 1L);
            MemorySegment.copy(bytes, 0, raw, JAVA_BYTE, 0, bytes.length);
            var tokens = arena.allocate(JAVA_INT, capacity);
            int count =
                    ModelCalls.tokenize(
                            vocabulary, raw, bytes.length, tokens, capacity, begin, special);
            if (count < 0) {
                throw new LlamaException("the text could not be tokenized: " + count);
            }
            return tokens.asSlice(0, (long) count * Integer.BYTES).toArray(JAVA_INT);
        }
    }

    /**
     * Bytes of a token's text, none for special tokens; may be a part of a character. The caller
     * must not change them: they are asked for only once, as what is not in the processor's caches
     * after a decode costs every token.
     */
    byte[] piece(int token) {
        var known = said.get(token);
        if (known == null) {
            known = piece(token, false);
            said.set(token, known);
        }
        return known;
    }

    private byte[] piece(int token, boolean special) {
        try (var arena = Arena.ofConfined()) {
            var buffer = arena.allocate(USUAL_PIECE_BYTES);
            int length = piece(token, buffer, special);
            if (length < 0) {
                buffer = arena.allocate(-length);
                length = piece(token, buffer, special);
            }
            return buffer.asSlice(0, length).toArray(JAVA_BYTE);
        }
    }

    private int piece(int token, MemorySegment buffer, boolean special) {
        return ModelCalls.piece(vocabulary, token, buffer, (int) buffer.byteSize(), 0, special);
    }

    /** For every byte value a token that is this byte alone, -1 where the vocabulary has none. */
    int[] byteTokens() {
        return byteTokens.clone();
    }

    /** Text of the token that begins a prompt, empty if the model has none. */
    String beginningText() {
        return specialText(ModelCalls.beginning(vocabulary));
    }

    /** Text of the token that ends an answer, empty if the model has none. */
    String endText() {
        return specialText(ModelCalls.end(vocabulary));
    }

    /** Texts that stand for control tokens. */
    List<String> controlTexts() {
        return IntStream.range(0, vocabularySize)
                .filter(token -> ModelCalls.isControl(vocabulary, token))
                .mapToObj(this::specialText)
                .filter(text -> text.length() > 1)
                .toList();
    }

    private String specialText(int token) {
        return token < 0 ? "" : new String(piece(token, true), StandardCharsets.UTF_8);
    }

    /** Whether every text the vocabulary can say can be said by its one-byte tokens alone. */
    boolean spellsByBytes() {
        return spellsByBytes;
    }

    /** The tokens that begin with one of these bytes or have no text, in their order. */
    int[] beginningWith(BitSet bytes) {
        var tokens = new int[countBeginningWith(bytes)];
        int count = 0;
        for (int first = 0; first <= BYTES; first++) {
            if (first == BYTES || bytes.get(first)) {
                var group = byFirstByte[first];
                System.arraycopy(group, 0, tokens, count, group.length);
                count += group.length;
            }
        }
        Arrays.sort(tokens);
        return tokens;
    }

    /** How many these are. */
    int countBeginningWith(BitSet bytes) {
        int count = byFirstByte[BYTES].length;
        for (int first = bytes.nextSetBit(0); first >= 0; first = bytes.nextSetBit(first + 1)) {
            count += byFirstByte[first].length;
        }
        return count;
    }

    /** A token that ends an answer, -1 if the model has none. */
    int endToken() {
        return IntStream.concat(
                        IntStream.of(ModelCalls.end(vocabulary)).filter(token -> token >= 0),
                        IntStream.range(0, vocabularySize))
                .filter(this::endsGeneration)
                .findFirst()
                .orElse(-1);
    }

    int embeddingLength() {
        return ModelCalls.embeddingLength(model);
    }

    /** Whether tokens of the two mean the same text, so that one can guess what the other says. */
    boolean speaksLike(NativeModel other) {
        int common = Math.min(vocabularySize, other.vocabularySize);
        int more = Math.max(vocabularySize, other.vocabularySize) - common;
        return more <= MOST_ADDED_TOKENS
                && IntStream.range(0, common)
                        .allMatch(token ->
                                Arrays.equals(piece(token, true), other.piece(token, true)));
    }

    boolean endsGeneration(int token) {
        return ModelCalls.endsGeneration(vocabulary, token);
    }

    @Override
    public void close() {
        ModelCalls.free(model);
    }
}
