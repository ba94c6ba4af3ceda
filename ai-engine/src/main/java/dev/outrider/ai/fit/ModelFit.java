package dev.outrider.ai.fit;

import dev.outrider.ai.llama.CacheType;
import dev.outrider.ai.llama.LlamaOptions;
import java.util.ArrayList;
import java.util.List;

/** Judges whether a model keeps a promised context in the memory there is. */
public final class ModelFit {
    /** Left to the Java program around the model, in bytes. */
    public static final long RESERVE = 256L << 20;

    private ModelFit() {}

    /**
     * Judges by computed memory alone.
     *
     * @param usableBytes memory the machine has for model and program together
     * @param context to be promised, in tokens
     */
    public static Verdict judge(ModelShape shape, long usableBytes, int context) {
        return judge(shape, usableBytes, List.of(), context);
    }

    /**
     * The same for a machine that has devices to compute on; what lies in a device's own memory
     * takes none of the machine's.
     */
    public static Verdict judge(
            ModelShape shape, long usableBytes, List<Hardware.Gpu> gpus, int context) {
        long budget = usableBytes - RESERVE;
        if (context > shape.trainedContext()) {
            return untrained(shape, context);
        }
        for (CacheType type : CacheType.values()) {
            var need = shape.need(context, type);
            long beside = Placement.of(shape, need, gpus).deviceBytes();
            if (need.total() - beside <= budget && suits(shape, type)) {
                var lost = lost(context, type);
                return lost.isEmpty()
                        ? new Verdict.Fits(need)
                        : new Verdict.Degraded(need, type, lost);
            }
        }
        return tooLarge(shape, budget, gpus, context);
    }

    /** Quantized numbers come in blocks of 32. */
    private static boolean suits(ModelShape shape, CacheType type) {
        return type == CacheType.F16
                || shape.layers().stream()
                        .allMatch(layer -> layer.keys() % 32 == 0 && layer.values() % 32 == 0);
    }

    private static List<String> lost(int context, CacheType type) {
        var lost = new ArrayList<String>();
        if (context < LlamaOptions.PROMISED_CONTEXT) {
            lost.add(
                    "a context of %d tokens instead of %d"
                            .formatted(context, LlamaOptions.PROMISED_CONTEXT));
        }
        if (type != CacheType.F16) {
            lost.add("earlier tokens are kept as %s, less exact than F16".formatted(type));
        }
        return lost;
    }

    private static Verdict untrained(ModelShape shape, int context) {
        return new Verdict.TooLarge(
                shape.need(context, CacheType.F16),
                "it was trained for %d tokens of context, and %d are asked for"
                        .formatted(shape.trainedContext(), context),
                List.of(
                        "--context %d, which is degraded".formatted(shape.trainedContext()),
                        "a model trained for more"));
    }

    private static Verdict tooLarge(
            ModelShape shape, long budget, List<Hardware.Gpu> gpus, int context) {
        var least = suits(shape, CacheType.Q4_0) ? CacheType.Q4_0 : CacheType.F16;
        var need = shape.need(context, least);
        long missing = need.total() - Placement.of(shape, need, gpus).deviceBytes() - budget;
        var instead = new ArrayList<String>();
        shape.longestContext(budget, CacheType.F16)
                .ifPresent(shorter ->
                        instead.add("--context %d, which is degraded".formatted(shorter)));
        instead.add("%d MB more memory".formatted(Math.ceilDiv(missing, 1L << 20)));
        instead.add("a smaller model, or the same one in fewer bits");
        return new Verdict.TooLarge(
                need, "it does not fit even with a cache of %s".formatted(least), instead);
    }
}
