package dev.outrider.ai.fit;

import dev.outrider.ai.gguf.GgufFile;
import dev.outrider.ai.gguf.GgufValue;
import dev.outrider.ai.gguf.TensorType;
import dev.outrider.ai.llama.Availability;
import dev.outrider.ai.llama.CacheType;
import dev.outrider.ai.llama.Llama;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Forecasts a model's speed on this machine by timing a part of it: a few of its layers with all
 * weights zero, computed by the same library with the same kernels. Two parts of different length
 * tell what a layer takes and what is taken besides, and so what all layers will. What a full
 * context adds is reading the whole cache, at the speed this machine's memory was measured to have.
 */
public final class ForecastProbe {
    private static final int PROMPT_TOKENS = 128;
    private static final int CONTEXT = 512;
    private static final int GENERATED_TOKENS = 12;
    private static final int PASSES = 3;

    /** Enough that no processor's cache holds it, little enough to be read in a moment. */
    private static final long LAYER_BYTES = 256L << 20;

    private ForecastProbe() {}

    /**
     * Times the model; takes seconds and, for that time, up to half a gigabyte of memory and disk.
     *
     * @param mayBeOff how far forecasts may be off, as a share; see {@link ForecastLog}
     * @throws FitException if the library is not there, or does not know the architecture
     */
    public static Forecast forecast(
            GgufFile file, int contextTokens, CacheType cache, int threads, double mayBeOff) {
        if (Llama.availability() instanceof Availability.Unavailable(var reason)) {
            throw new FitException("no speed is forecast: " + reason);
        }
        var shape = ModelShape.of(file);
        int all = shape.layers().size();
        int most = layers(shape);
        try {
            var folder = Files.createTempDirectory("outrider-forecast");
            try {
                var few = time(file, Math.max(1, most / 3), folder, threads);
                var more = time(file, most, folder, threads);
                double bandwidth = Bandwidth.measure(threads);
                double prompt = extrapolate(few.prompt, more.prompt, few.layers, most, all);
                double token = extrapolate(few.token, more.token, few.layers, most, all);
                double full = token + shape.need(contextTokens, cache).cache() / bandwidth;
                return new Forecast(
                        Forecast.Range.around(PROMPT_TOKENS / prompt, mayBeOff),
                        embeds(file)
                                ? null
                                : new Forecast.Generation(
                                        Forecast.Range.around(1 / token, mayBeOff),
                                        Forecast.Range.around(1 / full, mayBeOff)),
                        String.format(
                                Locale.ROOT,
                                "%d of its %d layers timed by the library with %d thread%s just"
                                        + " now; memory copied at %.1f GB/s",
                                most,
                                all,
                                threads,
                                threads == 1 ? "" : "s",
                                bandwidth / 1e9));
            } finally {
                Files.deleteIfExists(folder.resolve("zeros.gguf"));
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new FitException("no room to time a part of the model: " + e.getMessage());
        }
    }

    private static int layers(ModelShape shape) {
        int all = shape.layers().size();
        long layer = Math.max(1, shape.weightBytes() / Math.max(1, all));
        return Math.clamp(LAYER_BYTES / layer, Math.min(2, all), all);
    }

    private static boolean embeds(GgufFile file) {
        var causal = file.metadata().get(file.architecture().orElse("") + ".attention.causal");
        return new GgufValue.Flag(false).equals(causal);
    }

    private record Times(int layers, double prompt, double token) {}

    private static Times time(GgufFile file, int layers, Path folder, int threads)
            throws IOException {
        var zeros = ZeroModel.write(file, layers, folder.resolve("zeros.gguf"));
        try (var trial = new Trial(zeros, CONTEXT, TensorType.F16, threads, embeds(file))) {
            trial.decode(2); // loads pages and starts threads
            return new Times(
                    layers,
                    best(trial, t -> t.decode(PROMPT_TOKENS)),
                    best(trial, ForecastProbe::generate));
        }
    }

    private static double generate(Trial trial) {
        double seconds = 0;
        for (int i = 0; i < GENERATED_TOKENS; i++) {
            seconds += trial.decode(1);
        }
        return seconds / GENERATED_TOKENS;
    }

    private static double best(Trial trial, ToDoubleFunction<Trial> timed) {
        double best = Double.MAX_VALUE;
        for (int pass = 0; pass < PASSES; pass++) {
            trial.forget();
            best = Math.min(best, timed.applyAsDouble(trial));
        }
        return best;
    }

    /** Never less than what the larger part took, whatever noise makes of the difference. */
    private static double extrapolate(double few, double more, int fewer, int most, int all) {
        if (fewer == most) {
            return more;
        }
        double layer = Math.max(0, more - few) / (most - fewer);
        return more + layer * (all - most);
    }
}
