package dev.outrider.ai.llama;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a model is loaded. As DJL options the keys are llama.cpp's own: {@code n_ctx}, {@code
 * n_batch}, {@code n_ubatch}, {@code n_threads}, {@code n_seq_max}, {@code n_gpu_layers}, {@code
 * n_cpu_moe}, {@code use_mmap}, {@code cache_type}, {@code lora} with lines of a scale, a space and
 * a path, {@code model_draft} and {@code draft_max}.
 *
 * @param contextTokens tokens a request may use, prompt and answer together; requests running at
 *     the same time share them
 * @param batchTokens most tokens decoded in one native call
 * @param microBatchTokens most tokens computed at once within it; fewer need less memory
 * @param threads that compute; {@value #MEASURED_THREADS} for as many as are found to be fastest
 *     while running, never more than there are cores
 * @param sequences requests decoded side by side
 * @param gpuLayers layers computed by a GPU where the library has a back end for it; {@value
 *     #ALL_LAYERS} for all
 * @param expertLayersOnCpu first so many layers whose experts stay in main memory although the rest
 *     of the layer is on the GPU; {@value #ALL_LAYERS} for all
 * @param mapped whether weights are computed from where the file is mapped into memory, instead of
 *     being read, which is faster; a file that is cut short meanwhile ends the process. So it is
 *     done anyway where there is no room to read them
 * @param cacheType how earlier tokens are stored
 * @param adapters applied to every answer
 * @param draftModel a small model with the same vocabulary that guesses what this one is going to
 *     say, so that several tokens can be checked at once; null for none
 * @param draftTokens most tokens guessed at once
 */
public record LlamaOptions(
        int contextTokens,
        int batchTokens,
        int microBatchTokens,
        int threads,
        int sequences,
        int gpuLayers,
        int expertLayersOnCpu,
        boolean mapped,
        CacheType cacheType,
        List<Adapter> adapters,
        @Nullable Path draftModel,
        int draftTokens) {
    /** As many layers as the model has. */
    public static final int ALL_LAYERS = -1;

    /** As many threads as are found to be fastest. */
    public static final int MEASURED_THREADS = 0;

    /** The context a reasoning model is promised unless somebody says otherwise, in tokens. */
    public static final int PROMISED_CONTEXT = 32_768;

    private static final LlamaOptions DEFAULTS =
            new LlamaOptions(
                    PROMISED_CONTEXT,
                    512,
                    512,
                    MEASURED_THREADS,
                    1,
                    ALL_LAYERS,
                    0,
                    false,
                    CacheType.F16,
                    List.of(),
                    null,
                    8);

    public LlamaOptions {
        adapters = List.copyOf(adapters);
        require("n_ctx", contextTokens, 16, Integer.MAX_VALUE);
        require("n_batch", batchTokens, 1, 1 << 20);
        require("n_ubatch", microBatchTokens, 1, 1 << 20);
        require("n_threads", threads, MEASURED_THREADS, 512);
        require("n_seq_max", sequences, 1, Math.min(256, batchTokens));
        require("n_gpu_layers", gpuLayers, ALL_LAYERS, 1 << 16);
        require("n_cpu_moe", expertLayersOnCpu, ALL_LAYERS, 1 << 10);
        require("draft_max", draftTokens, 1, 64);
    }

    /** The promised context, one request at a time, measured threads, all layers on a GPU. */
    public static LlamaOptions defaults() {
        return DEFAULTS;
    }

    public LlamaOptions withContextTokens(int tokens) {
        return with("n_ctx", tokens);
    }

    public LlamaOptions withBatchTokens(int tokens) {
        return with("n_batch", tokens);
    }

    public LlamaOptions withMicroBatchTokens(int tokens) {
        return with("n_ubatch", tokens);
    }

    public LlamaOptions withThreads(int count) {
        return with("n_threads", count);
    }

    public LlamaOptions withSequences(int count) {
        return with("n_seq_max", count);
    }

    public LlamaOptions withGpuLayers(int layers) {
        return with("n_gpu_layers", layers);
    }

    public LlamaOptions withExpertLayersOnCpu(int layers) {
        return with("n_cpu_moe", layers);
    }

    public LlamaOptions withMapped(boolean mappedIntoMemory) {
        return with("use_mmap", mappedIntoMemory);
    }

    public LlamaOptions withCacheType(CacheType type) {
        return with("cache_type", type);
    }

    public LlamaOptions withAdapters(List<Adapter> files) {
        return with("lora", lines(files));
    }

    public LlamaOptions withDraft(Path model, int tokens) {
        return with("model_draft", model).with("draft_max", tokens);
    }

    private LlamaOptions with(String key, Object value) {
        var map = new LinkedHashMap<String, Object>(toMap());
        map.put(key, value);
        return of(map);
    }

    /** As DJL takes them. */
    Map<String, String> toMap() {
        var map = new LinkedHashMap<String, String>();
        map.put("n_ctx", Integer.toString(contextTokens));
        map.put("n_batch", Integer.toString(batchTokens));
        map.put("n_ubatch", Integer.toString(microBatchTokens));
        map.put("n_threads", Integer.toString(threads));
        map.put("n_seq_max", Integer.toString(sequences));
        map.put("n_gpu_layers", Integer.toString(gpuLayers));
        map.put("n_cpu_moe", Integer.toString(expertLayersOnCpu));
        map.put("use_mmap", Boolean.toString(mapped));
        map.put("cache_type", cacheType.name());
        map.put("lora", lines(adapters));
        map.put("model_draft", draftModel == null ? "" : draftModel.toString());
        map.put("draft_max", Integer.toString(draftTokens));
        return map;
    }

    static LlamaOptions of(Map<String, ?> map) {
        var keys = DEFAULTS.toMap().keySet();
        for (String key : map.keySet()) {
            if (!keys.contains(key)) {
                throw new IllegalArgumentException(
                        "unknown option %s; there are %s".formatted(key, keys));
            }
        }
        var draft = text(map, "model_draft", "");
        return new LlamaOptions(
                number(map, "n_ctx", DEFAULTS.contextTokens),
                number(map, "n_batch", DEFAULTS.batchTokens),
                number(map, "n_ubatch", DEFAULTS.microBatchTokens),
                number(map, "n_threads", DEFAULTS.threads),
                number(map, "n_seq_max", DEFAULTS.sequences),
                number(map, "n_gpu_layers", DEFAULTS.gpuLayers),
                number(map, "n_cpu_moe", DEFAULTS.expertLayersOnCpu),
                flag(map, "use_mmap", DEFAULTS.mapped),
                CacheType.of(text(map, "cache_type", DEFAULTS.cacheType.name())),
                adapters(text(map, "lora", "")),
                draft.isEmpty() ? null : Path.of(draft),
                number(map, "draft_max", DEFAULTS.draftTokens));
    }

    private static String lines(List<Adapter> adapters) {
        return adapters.stream()
                .map(adapter -> adapter.scale() + " " + adapter.file())
                .collect(Collectors.joining("\n"));
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

    private static boolean flag(Map<String, ?> map, String key, boolean otherwise) {
        var value = text(map, key, Boolean.toString(otherwise));
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "option %s must be true or false, not %s".formatted(key, value));
        };
    }

    private static void require(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "option %s must be %d to %d, not %d".formatted(key, least, most, value));
        }
    }
}
