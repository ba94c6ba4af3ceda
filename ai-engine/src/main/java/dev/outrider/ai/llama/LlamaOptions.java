package dev.outrider.ai.llama;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a model is loaded. As DJL options the keys are llama.cpp's own: {@code n_ctx}, {@code
 * n_batch}, {@code n_threads}, {@code n_seq_max}, {@code n_gpu_layers}, {@code cache_type}, and
 * {@code lora} with lines of a scale, a space and a path.
 *
 * @param contextTokens tokens a request may use, prompt and answer together; requests running at
 *     the same time share them
 * @param batchTokens most tokens decoded in one native call
 * @param threads that compute; more than there are free cores makes generation collapse
 * @param sequences requests decoded side by side
 * @param gpuLayers layers computed by a GPU where the library has a back end for it; {@value
 *     #ALL_LAYERS} for all
 * @param cacheType how earlier tokens are stored
 * @param adapters applied to every answer
 */
public record LlamaOptions(
        int contextTokens,
        int batchTokens,
        int threads,
        int sequences,
        int gpuLayers,
        CacheType cacheType,
        List<Adapter> adapters) {
    /** As many layers on the GPU as the model has. */
    public static final int ALL_LAYERS = -1;

    private static final Set<String> KEYS =
            Set.of(
                    "n_ctx",
                    "n_batch",
                    "n_threads",
                    "n_seq_max",
                    "n_gpu_layers",
                    "cache_type",
                    "lora");

    public LlamaOptions {
        adapters = List.copyOf(adapters);
        require("n_ctx", contextTokens, 16, Integer.MAX_VALUE);
        require("n_batch", batchTokens, 1, 1 << 20);
        require("n_threads", threads, 1, 512);
        require("n_seq_max", sequences, 1, Math.min(256, batchTokens));
        require("n_gpu_layers", gpuLayers, ALL_LAYERS, 1 << 16);
    }

    /** 32,768 tokens of context, one request at a time, all cores but one, all layers on a GPU. */
    public static LlamaOptions defaults() {
        int cores = Runtime.getRuntime().availableProcessors();
        return new LlamaOptions(
                32_768, 512, Math.max(1, cores - 1), 1, ALL_LAYERS, CacheType.F16, List.of());
    }

    public LlamaOptions withContextTokens(int tokens) {
        return new LlamaOptions(
                tokens, batchTokens, threads, sequences, gpuLayers, cacheType, adapters);
    }

    public LlamaOptions withBatchTokens(int tokens) {
        return new LlamaOptions(
                contextTokens, tokens, threads, sequences, gpuLayers, cacheType, adapters);
    }

    public LlamaOptions withThreads(int count) {
        return new LlamaOptions(
                contextTokens, batchTokens, count, sequences, gpuLayers, cacheType, adapters);
    }

    public LlamaOptions withSequences(int count) {
        return new LlamaOptions(
                contextTokens, batchTokens, threads, count, gpuLayers, cacheType, adapters);
    }

    public LlamaOptions withGpuLayers(int layers) {
        return new LlamaOptions(
                contextTokens, batchTokens, threads, sequences, layers, cacheType, adapters);
    }

    public LlamaOptions withCacheType(CacheType type) {
        return new LlamaOptions(
                contextTokens, batchTokens, threads, sequences, gpuLayers, type, adapters);
    }

    public LlamaOptions withAdapters(List<Adapter> files) {
        return new LlamaOptions(
                contextTokens, batchTokens, threads, sequences, gpuLayers, cacheType, files);
    }

    /** As DJL takes them. */
    Map<String, String> toMap() {
        var map = new LinkedHashMap<String, String>();
        map.put("n_ctx", Integer.toString(contextTokens));
        map.put("n_batch", Integer.toString(batchTokens));
        map.put("n_threads", Integer.toString(threads));
        map.put("n_seq_max", Integer.toString(sequences));
        map.put("n_gpu_layers", Integer.toString(gpuLayers));
        map.put("cache_type", cacheType.name());
        map.put(
                "lora",
                adapters.stream()
                        .map(adapter -> adapter.scale() + " " + adapter.file())
                        .collect(Collectors.joining("\n")));
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
                number(map, "n_seq_max", defaults.sequences),
                number(map, "n_gpu_layers", defaults.gpuLayers),
                CacheType.of(text(map, "cache_type", defaults.cacheType.name())),
                adapters(text(map, "lora", "")));
    }

    private static String text(Map<String, ?> map, String key, String otherwise) {
        var value = map.get(key);
        return value == null ? otherwise : value.toString();
    }

    private static List<Adapter> adapters(String lines) {
        return Arrays.stream(lines.split("\n", -1))
                .filter(line -> !line.isBlank())
                .map(LlamaOptions::adapter)
                .toList();
    }

    private static Adapter adapter(String line) {
        var columns = line.split(" ", 2);
        try {
            return new Adapter(Path.of(columns[1]), Float.parseFloat(columns[0]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "option lora must have lines of a scale and a path, not " + line, e);
        }
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
