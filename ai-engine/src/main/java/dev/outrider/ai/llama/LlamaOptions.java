package dev.outrider.ai.llama;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How a model is loaded. As DJL options the keys are llama.cpp's own: {@code n_ctx}, {@code
 * n_batch}, {@code n_threads}, {@code n_seq_max}.
 *
 * @param contextTokens tokens a request may use, prompt and answer together; requests running at
 *     the same time share them
 * @param batchTokens most tokens decoded in one native call
 * @param threads that compute; more than there are free cores makes generation collapse
 * @param sequences requests decoded side by side
 */
public record LlamaOptions(int contextTokens, int batchTokens, int threads, int sequences) {
    private static final Set<String> KEYS = Set.of("n_ctx", "n_batch", "n_threads", "n_seq_max");

    public LlamaOptions {
        require("n_ctx", contextTokens, 16, Integer.MAX_VALUE);
        require("n_batch", batchTokens, 1, 1 << 20);
        require("n_threads", threads, 1, 512);
        require("n_seq_max", sequences, 1, Math.min(256, batchTokens));
    }

    /** 32,768 tokens of context, one request at a time, all cores but one. */
    public static LlamaOptions defaults() {
        int cores = Runtime.getRuntime().availableProcessors();
        return new LlamaOptions(32_768, 512, Math.max(1, cores - 1), 1);
    }

    public LlamaOptions withContextTokens(int tokens) {
        return new LlamaOptions(tokens, batchTokens, threads, sequences);
    }

    public LlamaOptions withBatchTokens(int tokens) {
        return new LlamaOptions(contextTokens, tokens, threads, sequences);
    }

    public LlamaOptions withThreads(int count) {
        return new LlamaOptions(contextTokens, batchTokens, count, sequences);
    }

    public LlamaOptions withSequences(int count) {
        return new LlamaOptions(contextTokens, batchTokens, threads, count);
    }

    /** As DJL takes them. */
    Map<String, String> toMap() {
        var map = new LinkedHashMap<String, String>();
        map.put("n_ctx", Integer.toString(contextTokens));
        map.put("n_batch", Integer.toString(batchTokens));
        map.put("n_threads", Integer.toString(threads));
        map.put("n_seq_max", Integer.toString(sequences));
        return map;
    }

    static LlamaOptions of(Map<String, ?> map) {
        for (String key : map.keySet()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(
                        "unknown option %s; there are %s".formatted(key, KEYS));
            }
        }
        var defaults = defaults();
        return new LlamaOptions(
                number(map, "n_ctx", defaults.contextTokens),
                number(map, "n_batch", defaults.batchTokens),
                number(map, "n_threads", defaults.threads),
                number(map, "n_seq_max", defaults.sequences));
    }

    private static int number(Map<String, ?> map, String key, int otherwise) {
        var value = map.get(key);
        try {
            return value == null ? otherwise : Integer.parseInt(value.toString());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "option %s must be a whole number, not %s".formatted(key, value), e);
        }
    }

    private static void require(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "option %s must be %d to %d, not %d".formatted(key, least, most, value));
        }
    }
}
