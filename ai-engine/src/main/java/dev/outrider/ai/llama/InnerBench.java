package dev.outrider.ai.llama;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.io.DataInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What can be measured only from inside: the logits themselves, and the parts of a token's time.
 */
final class InnerBench implements AutoCloseable {
    private static final String PROMPT = "Once upon a time there was a little robot who";
    private static final int LOGIT_TOKENS = 16;
    private static final int GRAMMAR_TOKENS = 150;
    private static final int SEEDS = 9;
    private static final String SCHEMA =
            """
            {"type":"array","minItems":1,"maxItems":20,"items":{"type":"object","properties":{
              "do":{"enum":["drive","turn","goto","dock","wait","say"]},
              "distance":{"type":"number"},
              "note":{"type":"string","maxLength":80}},"required":["do","note"]}}
            """;

    private final NativeModel model;
    private final NativeContext context;
    private final Candidates candidates;

    /**
     * What a grammar costs.
     *
     * @param percentOfToken time to choose a token beyond that of choosing freely, in per cent of
     *     the time to decode one
     * @param forcedShare of tokens that were not sampled at all
     */
    record GrammarCost(double percentOfToken, double forcedShare) {}

    private record Parts(double chooseNanos, double decodeNanos, double forcedShare) {}

    InnerBench(Path file, LlamaOptions options) {
        var alone = options.withSequences(1);
        model = NativeModel.load(ModelHeader.read(file), alone);
        context = new NativeContext(model, new Adapters(List.of(), List.of()), alone);
        candidates = new Candidates(model.vocabularySize());
    }

    /** The share of floats that are the same to the bit as the C program's. */
    double equalLogits(CPeer peer, Path folder) throws IOException {
        var text = Files.writeString(folder.resolve("logits.txt"), PROMPT);
        var theirs = folder.resolve("logits.bin");
        peer.logits(text, LOGIT_TOKENS, theirs);
        long equal = 0;
        long all = 0;
        int[] tokens = model.tokenize(PROMPT, true, true);
        int position = 0;
        try (var input = new DataInputStream(Files.newInputStream(theirs))) {
            for (int said = 0; said <= LOGIT_TOKENS; said++) {
                var logits = decode(tokens, position);
                var other = ByteBuffer.wrap(input.readNBytes(4 * model.vocabularySize()));
                other.order(ByteOrder.nativeOrder());
                for (int i = 0; i < model.vocabularySize(); i++, all++) {
                    int ours = Float.floatToRawIntBits(logits.getAtIndex(JAVA_FLOAT, i));
                    equal += ours == other.getInt() ? 1 : 0;
                }
                position += tokens.length;
                tokens = new int[] {candidates.likeliest(logits)};
            }
        }
        return (double) equal / all;
    }

    GrammarCost grammarCost() {
        var free = parts(Grammar.free());
        var bound = parts(Grammar.jsonSchema(SCHEMA));
        double cost = 100 * (bound.chooseNanos() - free.chooseNanos()) / free.decodeNanos();
        return new GrammarCost(cost, bound.forcedShare());
    }

    private Parts parts(Grammar grammar) {
        for (int i = 0; i < SEEDS; i++) {
            run(grammar, 0); // to warm up
        }
        var runs = new ArrayList<Parts>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            runs.add(run(grammar, seed));
        }
        return new Parts(
                BenchFigures.median(runs, Parts::chooseNanos),
                BenchFigures.median(runs, Parts::decodeNanos),
                BenchFigures.median(runs, Parts::forcedShare));
    }

    private Parts run(Grammar grammar, int seed) {
        var answer =
                AnswerOptions.of(GRAMMAR_TOKENS)
                        .withGrammar(grammar)
                        .withSampling(Sampling.of(Map.of("seed", seed)));
        int[] tokens = model.tokenize("A plan as JSON: ", true, true);
        var runs = new ForcedRun(model);
        long choosing = 0;
        long decoding = 0;
        int sampled = 0;
        int singles = 0;
        int forcedTokens = 0;
        int position = 0;
        try (var sampler = Sampler.of(model, answer, tokens)) {
            while (position < GRAMMAR_TOKENS) {
                long begun = System.nanoTime();
                decode(tokens, position);
                long decoded = System.nanoTime();
                decoding += tokens.length == 1 ? decoded - begun : 0;
                singles += tokens.length == 1 ? 1 : 0;
                position += tokens.length;
                int token = sampler.sample(context, candidates, runs, tokens.length - 1);
                var forced = sampler.forced(runs, candidates);
                choosing += System.nanoTime() - decoded;
                sampled++;
                forcedTokens += forced.tokens().size();
                if (model.endsGeneration(token) || forced.ends()) {
                    break;
                }
                tokens = new int[1 + forced.tokens().size()];
                tokens[0] = token;
                for (int i = 0; i < forced.tokens().size(); i++) {
                    tokens[i + 1] = forced.tokens().get(i);
                }
            }
        }
        return new Parts(
                (double) choosing / sampled,
                (double) decoding / Math.max(1, singles),
                (double) forcedTokens / Math.max(1, sampled + forcedTokens));
    }

    /** Logits after these tokens; from position 0 on everything else is forgotten first. */
    private MemorySegment decode(int[] tokens, int position) {
        if (position == 0) {
            context.forget(0, -1);
        }
        var batch = context.batch();
        batch.clear();
        for (int i = 0; i < tokens.length; i++) {
            batch.add(tokens[i], position + i, 0, i == tokens.length - 1);
        }
        if (context.decode() != NativeContext.Decoded.DONE) {
            throw new LlamaException("decoding was cut off");
        }
        return context.logits(tokens.length - 1);
    }

    @Override
    public void close() {
        context.close();
        model.close();
    }
}
