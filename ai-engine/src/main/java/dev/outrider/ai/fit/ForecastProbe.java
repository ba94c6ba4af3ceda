package dev.outrider.ai.fit;

import dev.outrider.ai.gguf.GgufFile;
import dev.outrider.ai.gguf.GgufValue;
import dev.outrider.ai.llama.Availability;
import dev.outrider.ai.llama.CacheType;
import dev.outrider.ai.llama.Llama;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Forecasts a model's speed on this machine by timing a part of it: a few of its layers, computed
 * by the same library with the same kernels, or all where they are small. Two parts of different
 * length, timed by turns, tell what a layer takes and what is taken besides, and so what all layers
 * will. What each token of the context adds is timed behind one and behind three prompts, but is
 * never less than reading its cache at the speed this machine's memory was measured to have: a full
 * context is too large for the processor's caches, and the timed one may not be.
 */
public final class ForecastProbe {
    private static final int PROMPT_TOKENS = 512;
    private static final int CONTEXT = 1792;
    private static final int GENERATED_TOKENS = 12;
    private static final int PROMPTS = 2;
    private static final int ANSWERS = 6;

    /** How far what a long context adds is off when it is forecast from a short one, as a share. */
    private static final double CONTEXT_MAY_BE_OFF = 0.25;

    /** Enough that no processor's cache holds it, little enough to be read in a moment. */
    private static final long LAYER_BYTES = 512L << 20;

    private ForecastProbe() {}

    /**
     * Times the model; takes seconds and, for that time, memory and disk for a part of it, at most
     * about what the model takes.
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
        double bandwidth = Bandwidth.measure(threads);
        var times = time(file, most, all, cache, threads);
        double full =
                times.token
                        + Math.max(
                                times.behind(contextTokens),
                                shape.need(contextTokens, cache).cache() / bandwidth);
        return new Forecast(
                Forecast.Range.around(PROMPT_TOKENS / times.prompt, mayBeOff),
                embeds(file)
                        ? null
                        : new Forecast.Generation(
                                contextTokens,
                                Forecast.Range.around(1 / times.token, mayBeOff),
                                Forecast.Range.around(
                                        1 / full,
                                        mayBeOff + CONTEXT_MAY_BE_OFF * (1 - times.token / full))),
                String.format(
                        Locale.ROOT,
                        "%d of its %d layers timed by the library with %d thread%s just now; memory"
                                + " copied at %.1f GB/s",
                        most,
                        all,
                        threads,
                        threads == 1 ? "" : "s",
                        bandwidth / 1e9));
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
     * Seconds that the model takes.
     *
     * @param prompt for all tokens of a prompt
     * @param token for one more token behind an empty context
     * @param behindOne more than that for one behind a prompt
     * @param behindThree more than that for one behind three prompts
     */
    private record Times(double prompt, double token, double behindOne, double behindThree) {
        /** What a token takes more behind so many than behind none. */
        double behind(int tokens) {
            int between = 2 * PROMPT_TOKENS + ANSWERS * GENERATED_TOKENS;
            double each = Math.max(0, behindThree - behindOne) / between;
            return Math.max(0, behindOne + each * (tokens - PROMPT_TOKENS));
        }
    }

    private static Times time(GgufFile file, int most, int all, CacheType cache, int threads) {
        int fewer = Math.max(1, most / 3);
        try (var more = trial(file, most, cache, threads);
                var few = most == all ? null : trial(file, fewer, cache, threads)) {
            var trials = few == null ? List.of(more) : List.of(more, few);
            trials.forEach(trial -> trial.decode(2)); // starts threads
            var scale = new Scale(fewer, most, all);
            var tokens = best(ANSWERS, trials, trial -> generate(afresh(trial)));
            var prompts = best(PROMPTS, trials, trial -> afresh(trial).decode(PROMPT_TOKENS));
            double token = scale.whole(tokens);
            double prompt = scale.whole(prompts);
            if (embeds(file)) {
                return new Times(prompt, token, 0, 0);
            }
            double behindOne = best(ANSWERS, List.of(more), ForecastProbe::generate)[0];
            more.decode(PROMPT_TOKENS);
            more.decode(PROMPT_TOKENS);
            double behindThree = best(ANSWERS, List.of(more), ForecastProbe::generate)[0];
            double layers = (double) all / most;
            return new Times(
                    prompt,
                    token,
                    (behindOne - tokens[0]) * layers,
                    (behindThree - tokens[0]) * layers);
        }
    }

    private static Trial trial(GgufFile file, int layers, CacheType cache, int threads) {
        try {
            var part = Files.createTempFile("outrider-forecast", ".gguf");
            try {
                PartModel.write(file, layers, part);
                var type = ModelShape.stored(cache);
                return new Trial(part, CONTEXT, type, threads, embeds(file));
            } finally {
                Files.delete(part); // what was loaded was read, not mapped
            }
        } catch (IOException e) {
            throw new FitException("no room to time a part of the model: " + e.getMessage());
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

    /** The shortest of some times of each trial, which take turns. */
    private static double[] best(int times, List<Trial> trials, ToDoubleFunction<Trial> timed) {
        var best = new double[trials.size()];
        Arrays.fill(best, Double.MAX_VALUE);
        for (int pass = 0; pass < times; pass++) {
            for (int i = 0; i < best.length; i++) {
                best[i] = Math.min(best[i], timed.applyAsDouble(trials.get(i)));
            }
        }
        return best;
    }

    /** From what parts of a model take to what all of it does. */
    private record Scale(int fewer, int most, int all) {
        /**
         * Never less than what the larger part takes, whatever noise makes of the difference.
         *
         * @param seconds of the larger part, and of the smaller one unless the larger one is all
         */
        double whole(double[] seconds) {
            if (seconds.length == 1) {
                return seconds[0];
            }
            double layer = Math.max(0, seconds[0] - seconds[1]) / (most - fewer);
            return seconds[0] + layer * (all - most);
        }
    }
}
