package dev.outrider.ai.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.outrider.ai.llama.foreign.Layouts;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.Comparator;
import java.util.PriorityQueue;

/** The tokens a sampler works on, reused from token to token by the owner thread. */
final class Candidates {
    private static final long STRIDE = Layouts.TOKEN_DATA.byteSize();
    private static final long ID = Layouts.offset(Layouts.TOKEN_DATA, "id");
    private static final long LOGIT = Layouts.offset(Layouts.TOKEN_DATA, "logit");
    private static final long P = Layouts.offset(Layouts.TOKEN_DATA, "p");
    private static final long DATA = Layouts.offset(Layouts.TOKEN_DATA_ARRAY, "data");
    private static final long SIZE = Layouts.offset(Layouts.TOKEN_DATA_ARRAY, "size");
    private static final long SELECTED = Layouts.offset(Layouts.TOKEN_DATA_ARRAY, "selected");

    /** Room for the 256 bytes and an end, however small the vocabulary is. */
    private static final int LEAST = 257;

    /** Squarings in (1 + x / 2^13)^(2^13), which is about exp(x). */
    private static final int SQUARINGS = 13;

    private final int vocabularySize;
    private final float[] shares;
    private final MemorySegment data;
    private final MemorySegment array;

    Candidates(int vocabularySize) {
        var buffers = Arena.ofAuto();
        this.vocabularySize = vocabularySize;
        shares = new float[vocabularySize];
        data = buffers.allocate(Layouts.TOKEN_DATA, Math.max(vocabularySize, LEAST));
        array = buffers.allocate(Layouts.TOKEN_DATA_ARRAY);
    }

    /** One token. */
    void only(int token) {
        set(0, token, 1);
        reset(1);
    }

    /** A few tokens, in this order and equally likely. */
    void these(int[] tokens) {
        for (int i = 0; i < tokens.length; i++) {
            set(i, tokens[i], 1);
        }
        reset(tokens.length);
    }

    /** The whole vocabulary. */
    void all(MemorySegment logits) {
        for (int token = 0; token < vocabularySize; token++) {
            set(token, token, logits.getAtIndex(JAVA_FLOAT, token));
        }
        reset(vocabularySize);
    }

    /**
     * The share of a token among all, by their logits; to a hundredth of it, unless it is less than
     * one in a hundred thousand. The exponential is taken by its limit: those are loops without
     * branches, which run on many numbers at once.
     */
    double probability(MemorySegment logits, int token) {
        float chosen = logits.getAtIndex(JAVA_FLOAT, token);
        MemorySegment.copy(logits, JAVA_FLOAT, 0, shares, 0, vocabularySize);
        for (int other = 0; other < vocabularySize; other++) {
            shares[other] = Math.max(0, 1 + (shares[other] - chosen) / (1 << SQUARINGS));
        }
        for (int i = 0; i < SQUARINGS; i++) {
            for (int other = 0; other < vocabularySize; other++) {
                shares[other] *= shares[other];
            }
        }
        double sum = 0;
        for (int other = 0; other < vocabularySize; other++) {
            sum += shares[other];
        }
        return 1 / sum;
    }

    /** A few tokens, in this order. */
    void these(int[] tokens, MemorySegment logits) {
        for (int i = 0; i < tokens.length; i++) {
            set(i, tokens[i], logits.getAtIndex(JAVA_FLOAT, tokens[i]));
        }
        reset(tokens.length);
    }

    /** Indices of those that a filter left. */
    BitSet allowed() {
        var allowed = new BitSet();
        long size = array.get(JAVA_LONG, SIZE);
        for (int i = 0; i < size; i++) {
            if (logit(i) > Float.NEGATIVE_INFINITY) {
                allowed.set(i);
            }
        }
        return allowed;
    }

    /** The likeliest of the whole vocabulary, the first of several. */
    int likeliest(MemorySegment logits) {
        int token = 0;
        float most = Float.NEGATIVE_INFINITY;
        for (int other = 0; other < vocabularySize; other++) {
            float logit = logits.getAtIndex(JAVA_FLOAT, other);
            if (logit > most) {
                most = logit;
                token = other;
            }
        }
        return token;
    }

    /** The likeliest few, in no order. */
    void best(MemorySegment logits, int count) {
        var best = new PriorityQueue<Integer>(Comparator.comparingDouble(i -> logit(i)));
        int size = Math.min(count, vocabularySize);
        for (int token = 0; token < size; token++) {
            set(token, token, logits.getAtIndex(JAVA_FLOAT, token));
            best.add(token);
        }
        float least = size == 0 ? 0 : logit(best.element());
        for (int token = size; token < vocabularySize; token++) {
            float logit = logits.getAtIndex(JAVA_FLOAT, token);
            if (logit > least) {
                int index = best.remove();
                set(index, token, logit);
                best.add(index);
                least = logit(best.element());
            }
        }
        reset(size);
    }

    float logit(long index) {
        return data.get(JAVA_FLOAT, index * STRIDE + LOGIT);
    }

    private void set(int index, int token, float logit) {
        long offset = index * STRIDE;
        data.set(JAVA_INT, offset + ID, token);
        data.set(JAVA_FLOAT, offset + LOGIT, logit);
        data.set(JAVA_FLOAT, offset + P, 0);
    }

    private void reset(int size) {
        array.fill((byte) 0);
        array.set(ADDRESS, DATA, data);
        array.set(JAVA_LONG, SIZE, size);
        array.set(JAVA_LONG, SELECTED, -1);
    }

    MemorySegment array() {
        return array;
    }

    /** Whether a filter left any token. */
    boolean anyAllowed() {
        return allowed(1);
    }

    /** Whether a filter left so many tokens. */
    boolean allowed(int count) {
        long size = array.get(JAVA_LONG, SIZE);
        int left = 0;
        for (long i = 0; i < size && left < count; i++) {
            left += logit(i) > Float.NEGATIVE_INFINITY ? 1 : 0;
        }
        return left >= count;
    }

    /**
     * The likeliest of those present, or -1 if its share of their probability is less than this.
     */
    int likeliest(double share) {
        long size = array.get(JAVA_LONG, SIZE);
        long best = 0;
        for (long i = 1; i < size; i++) {
            best = logit(i) > logit(best) ? i : best;
        }
        double sum = 0;
        for (long i = 0; i < size; i++) {
            sum += Math.exp(logit(i) - logit(best));
        }
        return sum * share > 1 ? -1 : data.get(JAVA_INT, best * STRIDE + ID);
    }

    /** Index of the only one that a filter left, -1 if it left none or several. */
    int onlyAllowed() {
        long size = array.get(JAVA_LONG, SIZE);
        int only = -1;
        for (int i = 0; i < size; i++) {
            if (logit(i) > Float.NEGATIVE_INFINITY) {
                if (only >= 0) {
                    return -1;
                }
                only = i;
            }
        }
        return only;
    }

    /** The token a chain chose; samplers may have put the data elsewhere. */
    int selected() {
        long index = array.get(JAVA_LONG, SELECTED);
        long size = array.get(JAVA_LONG, SIZE);
        if (index < 0 || index >= size) {
            throw new LlamaException("the sampler chose nothing");
        }
        return array.get(ADDRESS, DATA)
                .reinterpret(size * STRIDE)
                .get(JAVA_INT, index * STRIDE + ID);
    }
}
