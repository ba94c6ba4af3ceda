package dev.outrider.ai.llama;

import dev.outrider.ai.llama.foreign.SamplerCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Chooses tokens for one request. With a grammar it samples first and checks only the chosen token;
 * just when that is refused it filters the vocabulary and samples again. The outcome has the same
 * distribution as filtering first (rejection sampling), at a fraction of the cost. Most of the
 * vocabulary is left out by its first byte alone; where that leaves many and only the likeliest few
 * are wanted anyway, more of these than are wanted are filtered before all others.
 */
final class Sampler implements AutoCloseable {
    /** So many times as many as are wanted: most often, enough of them are allowed. */
    private static final int SPARE = 6;

    private static final int LIKELIEST = 64;

    /**
     * Tokens that are filtered in about the time it takes to find the likeliest and filter them.
     */
    private static final int FEW = 2048;

    private final NativeModel model;
    private final MemorySegment chain;
    private final MemorySegment grammar;
    private final boolean greedy;

    /** How many of the likeliest tokens are enough to choose from; 0 if it takes all. */
    private final int wanted;

    private final boolean remembers;
    private final boolean drifts;
    private double certainty = 1;
    private boolean closed;

    private Sampler(
            NativeModel model, MemorySegment chain, MemorySegment grammar, Sampling sampling) {
        this.model = model;
        this.chain = chain;
        this.grammar = grammar;
        greedy = sampling.isGreedy() && sampling.extras().isEmpty();
        wanted = greedy ? 1 : sampling.extras().isEmpty() ? sampling.topK() : 0;
        remembers = sampling.extras().stream().anyMatch(Sampler::remembers);
        drifts = sampling.extras().stream().anyMatch(Sampler::drifts);
    }

    /** Whether it goes by what was said before. */
    private static boolean remembers(Sampling.Extra extra) {
        return switch (extra) {
            case Sampling.Extra.Penalties penalties -> true;
            case Sampling.Extra.Dry dry -> true;
            case Sampling.Extra.Mirostat mirostat -> true;
            case Sampling.Extra.AdaptiveP adaptive -> true;
            case Sampling.Extra.Bias bias -> false;
            case Sampling.Extra.TopNSigma sigma -> false;
            case Sampling.Extra.Typical typical -> false;
            case Sampling.Extra.Xtc xtc -> false;
            case Sampling.Extra.DynamicTemperature dynamic -> false;
        };
    }

    /** Whether choosing changes it, so that nothing may be chosen in vain. */
    private static boolean drifts(Sampling.Extra extra) {
        return extra instanceof Sampling.Extra.Mirostat
                || extra instanceof Sampling.Extra.AdaptiveP;
    }

    /** A sampler that knows what the prompt said. */
    static Sampler of(NativeModel model, AnswerOptions answer, int[] prompt) {
        var grammar = grammar(model, answer.grammar());
        var chain = SamplerChain.of(model, answer.sampling());
        var sampler = new Sampler(model, chain, grammar, answer.sampling());
        if (sampler.remembers) {
            Arrays.stream(prompt).forEach(token -> SamplerCalls.accept(chain, token));
        }
        return sampler;
    }

    private static MemorySegment grammar(NativeModel model, Grammar grammar) {
        return switch (grammar) {
            case Grammar.Free() -> MemorySegment.NULL;
            case Grammar.Gbnf(var text) -> parse(model, text);
        };
    }

    private static MemorySegment parse(NativeModel model, String text) {
        try (var arena = Arena.ofConfined()) {
            var grammar =
                    SamplerCalls.grammar(
                            model.vocabulary(),
                            arena.allocateFrom(text),
                            arena.allocateFrom("root"));
            if (grammar.equals(MemorySegment.NULL)) {
                throw new LlamaException(
                        "not a GBNF grammar with a rule root (libllama told standard error why): %s"
                                .formatted(text));
            }
            return grammar;
        }
    }

    /** The next token, after the batch index that was marked for output. */
    int sample(NativeContext context, Candidates candidates, ForcedRun runs, int index) {
        if (closed) {
            throw new IllegalStateException("the sampler is closed");
        }
        context.batch().requireOutput(index);
        if (grammar.equals(MemorySegment.NULL)) {
            return sampleFreely(context, candidates, index);
        }
        int token =
                remembers
                        ? sampleLooking(context, candidates, runs, index)
                        : sampleFreely(context, candidates, index);
        if (!allows(candidates, token)) {
            token = sampleAllowed(context, candidates, runs, index);
        }
        certainty = Math.min(certainty, candidates.probability(context.logits(index), token));
        if (!model.endsGeneration(token)) {
            SamplerCalls.accept(grammar, token);
        }
        if (remembers) {
            SamplerCalls.accept(chain, token);
        }
        return token;
    }

    /** Chooses as if there were no grammar, and remembers it. */
    private int sampleFreely(NativeContext context, Candidates candidates, int index) {
        return greedy
                ? candidates.likeliest(context.logits(index))
                : SamplerCalls.sample(chain, context.pointer(), index);
    }

    /** Chooses without remembering it yet. */
    private int sampleLooking(
            NativeContext context, Candidates candidates, ForcedRun runs, int index) {
        if (drifts) {
            return sampleAllowed(context, candidates, runs, index);
        }
        candidates.all(context.logits(index));
        SamplerCalls.apply(chain, candidates.array());
        return candidates.selected();
    }

    /** How likely the least likely token chosen under the grammar was. */
    double certainty() {
        return certainty;
    }

    /**
     * What the grammar leaves no choice for, now taken as said. Empty where there is no grammar.
     */
    ForcedRun.Run forced(ForcedRun runs, Candidates candidates) {
        if (closed || grammar.equals(MemorySegment.NULL)) {
            return ForcedRun.NOTHING;
        }
        var run = runs.next(grammar, candidates);
        for (int i = 0; i < run.tokens().size(); i++) {
            if (!allows(candidates, run.tokens().get(i))) {
                return new ForcedRun.Run(run.tokens().subList(0, i), false);
            }
            SamplerCalls.accept(grammar, run.tokens().get(i));
            if (remembers) {
                SamplerCalls.accept(chain, run.tokens().get(i));
            }
        }
        return run;
    }

    private boolean allows(Candidates candidates, int token) {
        candidates.only(token);
        SamplerCalls.apply(grammar, candidates.array());
        return candidates.anyAllowed();
    }

    private int sampleAllowed(
            NativeContext context, Candidates candidates, ForcedRun runs, int index) {
        var logits = context.logits(index);
        var beginnings = runs.beginnings(grammar, candidates);
        boolean few = beginnings.map(model::countBeginningWith).orElse(FEW + 1) <= FEW;
        boolean enough = !few && wanted > 0 && enoughOfTheBest(candidates, logits);
        if (!enough) {
            beginnings.ifPresentOrElse(
                    bytes -> candidates.these(model.beginningWith(bytes), logits),
                    () -> candidates.all(logits));
            SamplerCalls.apply(grammar, candidates.array());
        }
        if (!candidates.anyAllowed()) {
            throw new LlamaException(
                    "the grammar has come to a point where no token of the model fits");
        }
        SamplerCalls.apply(chain, candidates.array());
        return candidates.selected();
    }

    private boolean enoughOfTheBest(Candidates candidates, MemorySegment logits) {
        candidates.best(logits, Math.max(LIKELIEST, SPARE * wanted));
        SamplerCalls.apply(grammar, candidates.array());
        return candidates.allowed(wanted);
    }

    @Override
    public void close() {
        closed = true;
        SamplerCalls.free(chain);
        if (!grammar.equals(MemorySegment.NULL)) {
            SamplerCalls.free(grammar);
        }
    }
}
