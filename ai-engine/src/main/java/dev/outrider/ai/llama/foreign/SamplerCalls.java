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
