package dev.outrider.ai.fit;

import dev.outrider.ai.gguf.GgufFile;
import dev.outrider.ai.gguf.GgufValue;
import dev.outrider.ai.llama.Availability;
import dev.outrider.ai.llama.CacheType;
import dev.outrider.ai.llama.Llama;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;

/**
 * Forecasts a model's speed on this machine by timing a part of it: a few of its layers, computed
 * by the same library with the same kernels. Two parts of different length tell what a layer takes
 * and what is taken besides, and so what all layers will. What each token of the context adds is
 * timed behind one and behind two prompts, but is never less than reading its cache at the speed
 * this machine's memory was measured to have: a full context is too large for the processor's
 * caches, and the timed one may not be.
 */
public final class ForecastProbe {
    private static final String PART = "part.gguf";
    private static final int PROMPT_TOKENS = 512;
    private static final int CONTEXT = 1280;
    private static final int GENERATED_TOKENS = 12;
    private static final int PROMPTS = 2;
    private static final int ANSWERS = 4;

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
                var few = time(file, Math.max(1, most / 3), folder, cache, threads);
                var more = time(file, most, folder, cache, threads);
                double bandwidth = Bandwidth.measure(threads);
                double prompt = extrapolate(few.prompt, more.prompt, few.layers, most, all);
                double token = extrapolate(few.token, more.token, few.layers, most, all);
                double full =
                        token
                                + Math.max(
                                        more.behind(contextTokens) * all / most,
                                        shape.need(contextTokens, cache).cache() / bandwidth);
                return new Forecast(
                        Forecast.Range.around(PROMPT_TOKENS / prompt, mayBeOff),
                        embeds(file)
                                ? null
                                : new Forecast.Generation(
                                        contextTokens,
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
                Files.deleteIfExists(folder.resolve(PART));
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

    /**
     * Seconds that a part of the model takes.
     *
     * @param prompt for all tokens of a prompt
     * @param token for one more token behind an empty context; 0 of a model for embeddings
     * @param behindOne more than that for one behind a prompt
     * @param behindTwo more than that for one behind two prompts
     */
    private record Times(
            int layers, double prompt, double token, double behindOne, double behindTwo) {
        /** What a token takes more behind so many than behind none. */
        double behind(int tokens) {
            double each = Math.max(0, behindTwo - behindOne) / PROMPT_TOKENS;
            return Math.max(0, behindOne + each * (tokens - PROMPT_TOKENS));
        }
    }

    private static Times time(GgufFile file, int layers, Path folder, CacheType cache, int threads)
            throws IOException {
        var part = PartModel.write(file, layers, folder.resolve(PART));
        boolean embeds = embeds(file);
        try (var trial = new Trial(part, CONTEXT, ModelShape.stored(cache), threads, embeds)) {
            trial.decode(2); // loads pages and starts threads
            double token = embeds ? 0 : best(ANSWERS, () -> generate(afresh(trial)));
            double prompt = best(PROMPTS, () -> afresh(trial).decode(PROMPT_TOKENS));
            if (embeds) {
                return new Times(layers, prompt, token, 0, 0);
            }
            double behindOne = best(ANSWERS, () -> generate(trial));
            trial.decode(PROMPT_TOKENS);
            double behindTwo = best(ANSWERS, () -> generate(trial));
            return new Times(layers, prompt, token, behindOne - token, behindTwo - token);
        }
    }

    private static Trial afresh(Trial trial) {
        trial.forget();
        return trial;
    }

    private static double generate(Trial trial) {
        double seconds = 0;
        for (int i = 0; i < GENERATED_TOKENS; i++) {
            seconds += trial.decode(1);
        }
        return seconds / GENERATED_TOKENS;
    }

    private static double best(int times, DoubleSupplier timed) {
        return DoubleStream.generate(timed).limit(times).min().orElseThrow();
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
