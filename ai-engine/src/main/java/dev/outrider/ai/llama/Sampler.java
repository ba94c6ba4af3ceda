package dev.outrider.ai.llama;

import dev.outrider.ai.llama.foreign.SamplerCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Chooses tokens for one request. With a grammar it samples first and checks only the chosen token;
 * just when that is refused it filters the whole vocabulary and samples again. The outcome has the
 * same distribution as filtering first (rejection sampling), at a fraction of the cost. Where the
 * likeliest token is wanted anyway, the likeliest few are filtered before all others.
 */
final class Sampler implements AutoCloseable {
    private static final int LIKELIEST = 64;

    private final NativeModel model;
    private final MemorySegment chain;
    private final MemorySegment grammar;
    private final boolean greedy;
    private boolean closed;

    private Sampler(NativeModel model, MemorySegment chain, MemorySegment grammar, boolean greedy) {
        this.model = model;
        this.greedy = greedy;
        this.chain = chain;
        this.grammar = grammar;
    }

    static Sampler of(NativeModel model, AnswerOptions answer) {
        var grammar = grammar(model, answer.grammar());
        return new Sampler(model, chain(answer.sampling()), grammar, answer.sampling().isGreedy());
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

    private static MemorySegment chain(Sampling sampling) {
        try (var arena = Arena.ofConfined()) {
            var chain = SamplerCalls.chain(SamplerCalls.defaultChainParams(arena));
            if (sampling.isGreedy()) {
                SamplerCalls.add(chain, SamplerCalls.greedy());
                return chain;
            }
            if (sampling.topK() > 0) {
                SamplerCalls.add(chain, SamplerCalls.topK(sampling.topK()));
            }
            if (sampling.topP() < 1) {
                SamplerCalls.add(chain, SamplerCalls.topP(sampling.topP(), 1));
            }
            if (sampling.minP() > 0) {
                SamplerCalls.add(chain, SamplerCalls.minP(sampling.minP(), 1));
            }
            SamplerCalls.add(chain, SamplerCalls.temperature(sampling.temperature()));
            SamplerCalls.add(chain, SamplerCalls.distribution(sampling.seed()));
            return chain;
        }
    }

    /** The next token, after the batch index that was marked for output. */
    int sample(NativeContext context, Candidates candidates, int index) {
        if (closed) {
            throw new IllegalStateException("the sampler is closed");
        }
        int token = SamplerCalls.sample(chain, context.pointer(), index);
        if (grammar.equals(MemorySegment.NULL)) {
            return token;
        }
        if (!allows(candidates, token)) {
            token = sampleAllowed(context, candidates, index);
        }
        if (!model.endsGeneration(token)) {
            SamplerCalls.accept(grammar, token);
        }
        return token;
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
        }
        return run;
    }

    private boolean allows(Candidates candidates, int token) {
        candidates.only(token);
        SamplerCalls.apply(grammar, candidates.array());
        return candidates.anyAllowed();
    }

    private int sampleAllowed(NativeContext context, Candidates candidates, int index) {
        var logits = context.logits(index);
        if (greedy) {
            candidates.best(logits, LIKELIEST);
            SamplerCalls.apply(grammar, candidates.array());
        }
        if (!greedy || !candidates.anyAllowed()) {
            candidates.all(logits);
            SamplerCalls.apply(grammar, candidates.array());
        }
        if (!candidates.anyAllowed()) {
            throw new LlamaException(
                    "the grammar has come to a point where no token of the model fits");
        }
        SamplerCalls.apply(chain, candidates.array());
        return candidates.selected();
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
