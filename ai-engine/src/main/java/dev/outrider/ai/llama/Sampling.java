package dev.outrider.ai.llama;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the next token is chosen from the model's distribution. Applied in llama.cpp's order: bias,
 * penalties, DRY, top-n-sigma, top-k, typical, top-p, min-p, XTC, temperature, and then chance,
 * mirostat or adaptive-p.
 *
 * @param temperature 0 always takes the likeliest token
 * @param topK only the k likeliest; 0 for all
 * @param topP only the likeliest that together have this probability; 1 for all
 * @param minP only those at least this probable relative to the likeliest; 0 for all
 * @param seed of the random choice; the same seed gives the same answer
 * @param extras what else is applied, each kind at most once
 */
public record Sampling(
        float temperature, int topK, float topP, float minP, int seed, List<Extra> extras) {
    private static final int LONGEST_MEMORY = 1 << 16;
    private static final int MOST_TEXTS = 256;
    private static final List<String> DRY_BREAKERS = List.of("\n", ":", "\"", "*");

    private static final Set<String> KEYS =
            Set.of(
                    "seed",
                    "temp",
                    "top_k",
                    "top_p",
                    "min_p",
                    "typ_p",
                    "top_n_sigma",
                    "xtc_probability",
                    "xtc_threshold",
                    "dynatemp_range",
                    "dynatemp_exponent",
                    "penalty_last_n",
                    "penalty_repeat",
                    "penalty_freq",
                    "penalty_present",
                    "dry_multiplier",
                    "dry_base",
                    "dry_allowed_length",
                    "dry_penalty_last_n",
                    "mirostat",
                    "mirostat_tau",
                    "mirostat_eta",
                    "adaptive_target",
                    "adaptive_decay");

    public Sampling {
        extras = List.copyOf(extras);
        require("temp", temperature, temperature >= 0 && temperature <= 100);
        require("top_k", topK, topK >= 0);
        require("top_p", topP, topP > 0 && topP <= 1);
        require("min_p", minP, minP >= 0 && minP < 1);
        if (extras.stream().map(Extra::getClass).distinct().count() < extras.size()) {
            throw new IllegalArgumentException("sampling: each extra can be applied only once");
        }
    }

    /** A sampler beyond the usual four; the components have llama.cpp's names and meanings. */
    public sealed interface Extra {
        /**
         * Makes texts likelier or, below zero, less likely; minus infinity forbids their tokens.
         */
        record Bias(Map<String, Float> byText) implements Extra {
            public Bias {
                byText = Map.copyOf(byText);
                requireTexts("logit_bias", List.copyOf(byText.keySet()));
                byText.values()
                        .forEach(value ->
                                require(
                                        "logit_bias",
                                        value,
                                        !value.isNaN() && value < Float.MAX_VALUE));
            }
        }

        /** Makes what was said lately less likely. */
        record Penalties(int lastN, float repeat, float frequency, float presence)
                implements Extra {
            public Penalties {
                require("penalty_last_n", lastN, lastN >= 0 && lastN <= LONGEST_MEMORY);
                require("penalty_repeat", repeat, repeat >= 0.01f && repeat <= 100);
                require("penalty_freq", frequency, Math.abs(frequency) <= 100);
                require("penalty_present", presence, Math.abs(presence) <= 100);
            }
        }

        /** "Don't repeat yourself": punishes whatever would go on with a repetition. */
        record Dry(
                float multiplier, float base, int allowedLength, int lastN, List<String> breakers)
                implements Extra {
            public Dry {
                breakers = List.copyOf(breakers);
                require("dry_multiplier", multiplier, multiplier >= 0 && multiplier <= 100);
                require("dry_base", base, base >= 1 && base <= 100);
                require("dry_allowed_length", allowedLength, allowedLength >= 1);
                require("dry_penalty_last_n", lastN, lastN >= 0 && lastN <= LONGEST_MEMORY);
                requireTexts("dry_sequence_breakers", breakers);
            }
        }

        record TopNSigma(float n) implements Extra {
            public TopNSigma {
                require("top_n_sigma", n, n > 0 && n <= 100);
            }
        }

        record Typical(float p) implements Extra {
            public Typical {
                require("typ_p", p, p > 0 && p <= 1);
            }
        }

        /** Now and then leaves out all but the least likely of the likely ones. */
        record Xtc(float probability, float threshold) implements Extra {
            public Xtc {
                require("xtc_probability", probability, probability >= 0 && probability <= 1);
                require("xtc_threshold", threshold, threshold >= 0 && threshold <= 1);
            }
        }

        /** Temperature between {@code temperature ± range}, by how sure the model is. */
        record DynamicTemperature(float range, float exponent) implements Extra {
            public DynamicTemperature {
                require("dynatemp_range", range, range >= 0 && range <= 100);
                require("dynatemp_exponent", exponent, exponent >= 0 && exponent <= 100);
            }
        }

        /** Chooses for an even surprise; of the others only bias and temperature stay in force. */
        record Mirostat(int version, float tau, float eta) implements Extra {
            public Mirostat {
                require("mirostat", version, version == 1 || version == 2);
                require("mirostat_tau", tau, tau >= 0 && tau <= 100);
                require("mirostat_eta", eta, eta >= 0 && eta <= 1);
            }
        }

        /** Prefers tokens near a probability. */
        record AdaptiveP(float target, float decay) implements Extra {
            public AdaptiveP {
                require("adaptive_target", target, target >= 0 && target <= 1);
                require("adaptive_decay", decay, decay >= 0 && decay <= 0.99f);
            }
        }
    }

    /** Always the likeliest token. */
    public static Sampling greedy() {
        return new Sampling(0, 0, 1, 0, 0, List.of());
    }

    /** By chance, with the probabilities sharpened (below 1) or flattened (above). */
    public static Sampling random(float temperature, int seed) {
        return new Sampling(temperature, 0, 1, 0, seed, List.of());
    }

    /** As llama.cpp's own programs choose unless told otherwise. */
    public static Sampling standard(int seed) {
        return of(Map.of("seed", seed));
    }

    /**
     * By llama.cpp's names, such as {@code temp} and {@code penalty_repeat}, with llama.cpp's
     * defaults for those that are missing.
     *
     * @throws IllegalArgumentException if a name is unknown or a value makes no sense
     */
    public static Sampling of(Map<String, ? extends Number> values) {
        values.keySet().stream()
                .filter(key -> !KEYS.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new IllegalArgumentException(
                            "unknown sampling option %s; there are %s".formatted(key, KEYS));
                });
        return new Sampling(
                value(values, "temp", 0.8f),
                (int) value(values, "top_k", 40),
                value(values, "top_p", 0.95f),
                value(values, "min_p", 0.05f),
                values.containsKey("seed") ? values.get("seed").intValue() : 0,
                extras(values));
    }

    private static List<Extra> extras(Map<String, ? extends Number> values) {
        var extras = new ArrayList<Extra>();
        float repeat = value(values, "penalty_repeat", 1);
        float frequency = value(values, "penalty_freq", 0);
        float presence = value(values, "penalty_present", 0);
        if (repeat != 1 || frequency != 0 || presence != 0) {
            int lastN = (int) value(values, "penalty_last_n", 64);
            extras.add(new Extra.Penalties(lastN, repeat, frequency, presence));
        }
        if (value(values, "dry_multiplier", 0) > 0) {
            extras.add(
                    new Extra.Dry(
                            value(values, "dry_multiplier", 0),
                            value(values, "dry_base", 1.75f),
                            (int) value(values, "dry_allowed_length", 2),
                            (int) value(values, "dry_penalty_last_n", 64),
                            DRY_BREAKERS));
        }
        if (value(values, "top_n_sigma", -1) > 0) {
            extras.add(new Extra.TopNSigma(value(values, "top_n_sigma", -1)));
        }
        if (value(values, "typ_p", 1) != 1) {
            extras.add(new Extra.Typical(value(values, "typ_p", 1)));
        }
        if (value(values, "xtc_probability", 0) > 0) {
            float threshold = value(values, "xtc_threshold", 0.1f);
            extras.add(new Extra.Xtc(value(values, "xtc_probability", 0), threshold));
        }
        if (value(values, "dynatemp_range", 0) > 0) {
            float exponent = value(values, "dynatemp_exponent", 1);
            extras.add(new Extra.DynamicTemperature(value(values, "dynatemp_range", 0), exponent));
        }
        extras.addAll(last(values));
        return extras;
    }

    private static List<Extra> last(Map<String, ? extends Number> values) {
        int version = (int) value(values, "mirostat", 0);
        if (version != 0) {
            float tau = value(values, "mirostat_tau", 5);
            return List.of(new Extra.Mirostat(version, tau, value(values, "mirostat_eta", 0.1f)));
        }
        float target = value(values, "adaptive_target", -1);
        return target < 0
                ? List.of()
                : List.of(new Extra.AdaptiveP(target, value(values, "adaptive_decay", 0.9f)));
    }

    private static float value(Map<String, ? extends Number> values, String key, float otherwise) {
        var value = values.get(key);
        return value == null ? otherwise : value.floatValue();
    }

    public Sampling withTopK(int k) {
        return new Sampling(temperature, k, topP, minP, seed, extras);
    }

    public Sampling withTopP(float p) {
        return new Sampling(temperature, topK, p, minP, seed, extras);
    }

    public Sampling withMinP(float p) {
        return new Sampling(temperature, topK, topP, p, seed, extras);
    }

    /** This and another sampler. */
    public Sampling with(Extra extra) {
        var all = new ArrayList<>(extras);
        all.add(extra);
        return new Sampling(temperature, topK, topP, minP, seed, all);
    }

    boolean isGreedy() {
        return temperature == 0;
    }

    private static void require(String name, float value, boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("sampling: %s cannot be %s".formatted(name, value));
        }
    }

    private static void requireTexts(String name, List<String> texts) {
        if (texts.size() > MOST_TEXTS
                || texts.stream().anyMatch(text -> text.isEmpty() || text.indexOf('\0') >= 0)) {
            throw new IllegalArgumentException(
                    "sampling: %s has at most %d texts, none empty and none with NUL"
                            .formatted(name, MOST_TEXTS));
        }
    }
}
