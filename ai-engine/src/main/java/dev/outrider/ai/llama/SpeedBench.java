package dev.outrider.ai.llama;

import ai.djl.translate.TranslateException;
import dev.outrider.ai.llama.BenchFigures.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tokens per second, beside the C program where there is one: each turn both do the same, the other
 * one first every second time.
 */
final class SpeedBench {
    static final int SEQUENCES = 4;
    private static final int PROMPT_TOKENS = 500;
    private static final int BATCH_TOKENS = 64;
    private static final int WARM_UPS = 5;

    private final BenchFigures figures;
    private final BenchModel model;
    private final @Nullable CPeer peer;
    private final Path folder;
    private final int rounds;

    SpeedBench(
            BenchFigures figures, BenchModel model, @Nullable CPeer peer, Path folder, int rounds) {
        this.figures = figures;
        this.model = model;
        this.peer = peer;
        this.folder = folder;
        this.rounds = rounds;
    }

    /** Has both sides do it before it counts, until the compilers of this virtual machine rest. */
    void warmUp() {
        prompt(0);
        for (int i = 0; i < WARM_UPS; i++) {
            generation(i);
        }
    }

    void prompt() {
        figures.note("prompt");
        figures.add("prompt", "tokens/s", turns(this::prompt));
    }

    private Turn prompt(int turn) {
        var text = model.fresh(PROMPT_TOKENS);
        var file = file(text);
        return taking(turn, () -> promptSpeed(text), c -> c.prompt(file).perSecond());
    }

    private double promptSpeed(String text) {
        long begun = System.nanoTime();
        var completion = model.answer(GenerationRequest.of(text, 1));
        double seconds = (System.nanoTime() - begun) / 1e9;
        return (completion.promptTokens() - completion.reusedTokens()) / seconds;
    }

    void generation() {
        figures.note("generation");
        var runs = new ArrayList<Generated>();
        for (int i = 0; i < rounds; i++) {
            runs.add(generation(i));
        }
        figures.add("generation", "tokens/s", runs.stream().map(Generated::speed).toList());
        if (peer != null) {
            figures.add("text_equal", runs.stream().allMatch(Generated::equal) ? 1 : 0, "of 1");
        }
    }

    private record Generated(Turn speed, boolean equal) {}

    private Generated generation(int turn) {
        var file = file(BenchModel.STORY);
        var prints = new ArrayList<String>();
        var speed =
                taking(
                        turn,
                        () ->
                                speed(
                                        model.generate(BenchModel.STORY, LlamaBench.ANSWER_TOKENS),
                                        prints),
                        c -> speed(c.generate(file, LlamaBench.ANSWER_TOKENS), prints));
        return new Generated(speed, prints.stream().distinct().count() == 1);
    }

    private static double speed(CPeer.Timing timing, List<String> prints) {
        prints.add(timing.fingerprint());
        return timing.perSecond();
    }

    /** Four requests at once, and how many times the speed of one after another that is. */
    void batch(BenchModel four) {
        figures.note("four requests in a batch");
        var file = file(BenchModel.STORY);
        together(four, SEQUENCES); // to warm up
        var throughput = new ArrayList<Turn>();
        var gain = new ArrayList<Turn>();
        for (int i = 0; i < rounds; i++) {
            var single =
                    taking(
                            i,
                            () -> together(four, 1),
                            c -> c.batch(file, 1, BATCH_TOKENS).perSecond());
            var batched =
                    taking(
                            i,
                            () -> together(four, SEQUENCES),
                            c -> c.batch(file, SEQUENCES, BATCH_TOKENS).perSecond());
            throughput.add(batched);
            gain.add(gain(batched, single));
        }
        figures.add("batch_4_throughput", "tokens/s", throughput);
        figures.add("batch_4", "times one after another", gain);
    }

    private static Turn gain(Turn batched, Turn single) {
        var theirs = batched.theirs();
        var alone = single.theirs();
        return new Turn(
                batched.ours() / single.ours(),
                theirs == null || alone == null ? null : theirs / alone);
    }

    /** Tokens per second of so many requests at once, after their first tokens. */
    private static double together(BenchModel model, int count) {
        var request = GenerationRequest.of(BenchModel.STORY, BATCH_TOKENS);
        var streams = IntStream.range(0, count).mapToObj(i -> model.predict(request)).toList();
        streams.forEach(TokenStream::next);
        long begun = System.nanoTime();
        streams.forEach(TokenStream::rest);
        double seconds = (System.nanoTime() - begun) / 1e9;
        int tokens =
                streams.stream()
                        .mapToInt(stream -> stream.completion().generatedTokens() - 1)
                        .sum();
        return tokens / seconds;
    }

    /** Tokens of texts made into embeddings, one text after another. */
    static void embedding(BenchFigures figures, Path file, LlamaOptions options, int rounds) {
        figures.note("embeddings");
        try (var words = NativeModel.load(ModelHeader.read(file), options);
                var model = LlamaModels.load(file, options);
                var embeddings = LlamaModels.embeddings(model)) {
            int most = Math.min(PROMPT_TOKENS, options.contextTokens() - 2);
            int once = words.tokenize(BenchModel.words(1), true, false).length;
            var text = BenchModel.words(most / once);
            int tokens = words.tokenize(text, true, false).length;
            var speeds = new ArrayList<Turn>();
            for (int i = 0; i <= rounds; i++) {
                long begun = System.nanoTime();
                embeddings.predict(new EmbeddingRequest(text));
                speeds.add(new Turn(tokens * 1e9 / (System.nanoTime() - begun), null));
            }
            figures.add("prompt", "tokens/s", speeds.subList(1, speeds.size()));
        } catch (TranslateException e) {
            throw new LlamaException(String.valueOf(e.getMessage()), e);
        }
    }

    private List<Turn> turns(Function<Integer, Turn> take) {
        return IntStream.range(0, rounds).boxed().map(take).toList();
    }

    private Turn taking(int turn, Supplier<Double> ours, Function<CPeer, Double> theirs) {
        if (peer == null) {
            return new Turn(ours.get(), null);
        }
        if (turn % 2 == 0) {
            double first = ours.get();
            return new Turn(first, theirs.apply(peer));
        }
        double first = theirs.apply(peer);
        return new Turn(ours.get(), first);
    }

    private Path file(String text) {
        try {
            return Files.writeString(folder.resolve("prompt.txt"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
