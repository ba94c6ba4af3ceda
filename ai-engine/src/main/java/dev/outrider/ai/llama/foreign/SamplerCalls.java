package dev.outrider.ai.llama.foreign;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;

/** Samplers. A chain owns the samplers added to it and frees them with itself. */
public final class SamplerCalls {
    private static final MethodHandle DEFAULT_CHAIN_PARAMS =
            Downcalls.returning(Layouts.CHAIN_PARAMS, "llama_sampler_chain_default_params");
    private static final MethodHandle CHAIN =
            Downcalls.returning(ADDRESS, "llama_sampler_chain_init", Layouts.CHAIN_PARAMS);
    private static final MethodHandle ADD =
            Downcalls.voids("llama_sampler_chain_add", ADDRESS, ADDRESS);
    private static final MethodHandle FREE = Downcalls.voids("llama_sampler_free", ADDRESS);
    private static final MethodHandle GREEDY =
            Downcalls.returning(ADDRESS, "llama_sampler_init_greedy");
    private static final MethodHandle DISTRIBUTION =
            Downcalls.returning(ADDRESS, "llama_sampler_init_dist", JAVA_INT);
    private static final MethodHandle TOP_K =
            Downcalls.returning(ADDRESS, "llama_sampler_init_top_k", JAVA_INT);
    private static final MethodHandle TOP_P =
            Downcalls.returning(ADDRESS, "llama_sampler_init_top_p", JAVA_FLOAT, JAVA_LONG);
    private static final MethodHandle MIN_P =
            Downcalls.returning(ADDRESS, "llama_sampler_init_min_p", JAVA_FLOAT, JAVA_LONG);
    private static final MethodHandle TEMPERATURE =
            Downcalls.returning(ADDRESS, "llama_sampler_init_temp", JAVA_FLOAT);
    private static final MethodHandle GRAMMAR =
            Downcalls.returning(ADDRESS, "llama_sampler_init_grammar", ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle SAMPLE =
            Downcalls.returning(JAVA_INT, "llama_sampler_sample", ADDRESS, ADDRESS, JAVA_INT);
    private static final MethodHandle APPLY =
            Downcalls.voids("llama_sampler_apply", ADDRESS, ADDRESS);
    private static final MethodHandle ACCEPT =
            Downcalls.voids("llama_sampler_accept", ADDRESS, JAVA_INT);

    private static final MethodHandle TYPICAL =
            Downcalls.returning(ADDRESS, "llama_sampler_init_typical", JAVA_FLOAT, JAVA_LONG);
    private static final MethodHandle TEMPERATURE_EXT =
            Downcalls.returning(
                    ADDRESS, "llama_sampler_init_temp_ext", JAVA_FLOAT, JAVA_FLOAT, JAVA_FLOAT);
    private static final MethodHandle XTC =
            Downcalls.returning(
                    ADDRESS, "llama_sampler_init_xtc", JAVA_FLOAT, JAVA_FLOAT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle TOP_N_SIGMA =
            Downcalls.returning(ADDRESS, "llama_sampler_init_top_n_sigma", JAVA_FLOAT);
    private static final MethodHandle MIROSTAT =
            Downcalls.returning(
                    ADDRESS,
                    "llama_sampler_init_mirostat",
                    JAVA_INT,
                    JAVA_INT,
                    JAVA_FLOAT,
                    JAVA_FLOAT,
                    JAVA_INT);
    private static final MethodHandle MIROSTAT_V2 =
            Downcalls.returning(
                    ADDRESS, "llama_sampler_init_mirostat_v2", JAVA_INT, JAVA_FLOAT, JAVA_FLOAT);
    private static final MethodHandle PENALTIES =
            Downcalls.returning(
                    ADDRESS,
                    "llama_sampler_init_penalties",
                    JAVA_INT,
                    JAVA_INT,
                    JAVA_FLOAT,
                    JAVA_FLOAT,
                    JAVA_FLOAT);
    private static final MethodHandle DRY =
            Downcalls.returning(
                    ADDRESS,
                    "llama_sampler_init_dry",
                    ADDRESS,
                    JAVA_FLOAT,
                    JAVA_FLOAT,
                    JAVA_INT,
                    JAVA_INT,
                    ADDRESS,
                    JAVA_LONG);
    private static final MethodHandle ADAPTIVE_P =
            Downcalls.returning(
                    ADDRESS, "llama_sampler_init_adaptive_p", JAVA_FLOAT, JAVA_FLOAT, JAVA_INT);
    private static final MethodHandle BIAS =
            Downcalls.returning(
                    ADDRESS, "llama_sampler_init_logit_bias", JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle CLONE =
            Downcalls.returning(ADDRESS, "llama_sampler_clone", ADDRESS);

    private SamplerCalls() {}

    public static MemorySegment defaultChainParams(SegmentAllocator allocator) {
        try {
            return (MemorySegment) DEFAULT_CHAIN_PARAMS.invokeExact(allocator);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static MemorySegment chain(MemorySegment params) {
        try {
            return (MemorySegment) CHAIN.invokeExact(params);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static void add(MemorySegment chain, MemorySegment sampler) {
        try {
            ADD.invokeExact(chain, sampler);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static void free(MemorySegment sampler) {
        try {
            FREE.invokeExact(sampler);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    /** A sampler in the same state, to be freed apart. */
    public static MemorySegment copy(MemorySegment sampler) {
        try {
            return (MemorySegment) CLONE.invokeExact(sampler);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static MemorySegment greedy() {
        try {
            return (MemorySegment) GREEDY.invokeExact();
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static MemorySegment distribution(int seed) {
        try {
            return (MemorySegment) DISTRIBUTION.invokeExact(seed);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static MemorySegment topK(int k) {
        try {
            return (MemorySegment) TOP_K.invokeExact(k);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static MemorySegment topP(float p, long minKeep) {
        try {
            return (MemorySegment) TOP_P.invokeExact(p, minKeep);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static MemorySegment minP(float p, long minKeep) {
        try {
            return (MemorySegment) MIN_P.invokeExact(p, minKeep);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static MemorySegment temperature(float t) {
        try {
            return (MemorySegment) TEMPERATURE.invokeExact(t);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static MemorySegment typical(float p, long minKeep) {
        try {
            return (MemorySegment) TYPICAL.invokeExact(p, minKeep);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static MemorySegment dynamicTemperature(float t, float range, float exponent) {
        try {
            return (MemorySegment) TEMPERATURE_EXT.invokeExact(t, range, exponent);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static MemorySegment xtc(float probability, float threshold, long minKeep, int seed) {
        try {
            return (MemorySegment) XTC.invokeExact(probability, threshold, minKeep, seed);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static MemorySegment topNSigma(float n) {
        try {
            return (MemorySegment) TOP_N_SIGMA.invokeExact(n);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static MemorySegment mirostat(
            int vocabularySize, int seed, float tau, float eta, int tokens) {
        try {
            return (MemorySegment) MIROSTAT.invokeExact(vocabularySize, seed, tau, eta, tokens);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static MemorySegment mirostat2(int seed, float tau, float eta) {
        try {
            return (MemorySegment) MIROSTAT_V2.invokeExact(seed, tau, eta);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static MemorySegment penalties(
            int vocabularySize, int lastN, float repeat, float frequency, float presence) {
        try {
            return (MemorySegment)
                    PENALTIES.invokeExact(vocabularySize, lastN, repeat, frequency, presence);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    /** Numbers of the DRY sampler. */
    public record Dry(float multiplier, float base, int allowedLength, int lastN) {}

    public static MemorySegment dry(
            MemorySegment vocabulary, Dry dry, MemorySegment breakers, long count) {
        try {
            return (MemorySegment)
                    DRY.invokeExact(
                            vocabulary,
                            dry.multiplier(),
                            dry.base(),
                            dry.allowedLength(),
                            dry.lastN(),
                            breakers,
                            count);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static MemorySegment adaptiveP(float target, float decay, int seed) {
        try {
            return (MemorySegment) ADAPTIVE_P.invokeExact(target, decay, seed);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    /** A token outside the vocabulary kills the process. */
    public static MemorySegment bias(int vocabularySize, int count, MemorySegment biases) {
        try {
            return (MemorySegment) BIAS.invokeExact(vocabularySize, count, biases);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    /** Gives NULL if the grammar does not parse. */
    public static MemorySegment grammar(
            MemorySegment vocabulary, MemorySegment text, MemorySegment root) {
        try {
            return (MemorySegment) GRAMMAR.invokeExact(vocabulary, text, root);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    /** An index whose token was not marked for output kills the process. */
    public static int sample(MemorySegment chain, MemorySegment context, int index) {
        try {
            return (int) SAMPLE.invokeExact(chain, context, index);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    public static void apply(MemorySegment sampler, MemorySegment candidates) {
        try {
            APPLY.invokeExact(sampler, candidates);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    /** A token outside the grammar kills the process. */
    public static void accept(MemorySegment sampler, int token) {
        try {
            ACCEPT.invokeExact(sampler, token);
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }
}
