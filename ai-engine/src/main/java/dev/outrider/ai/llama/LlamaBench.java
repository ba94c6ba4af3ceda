package dev.outrider.ai.llama;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.outrider.ai.gguf.GgufFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures the engine through its public face, and beside it a C program on the same library where
 * there is a compiler. The two take turns and every ratio is of one turn; what is given is the
 * median of the turns.
 */
public final class LlamaBench implements AutoCloseable {
    private static final String STORY = "Once upon a time there was a little robot who";
    private static final String WORDS =
            "the robot drives through the kitchen and stops before the door while a person walks by"
                    + " and says hello to everybody in the house ";
    private static final int SEQUENCES = 4;
    private static final int PROMPT_TOKENS = 500;
    private static final int PREFIX_TOKENS = 1000;
    private static final int ANSWER_TOKENS = 128;
    private static final int BATCH_TOKENS = 64;
    private static final int CANCELS = 20;

    private final Settings settings;
    private final Consumer<String> note;
    private final Path folder;
    private final LlamaOptions options;
    private final ZooModel<GenerationRequest, TokenStream> model;
    private final Predictor<GenerationRequest, TokenStream> predictor;
    private final @Nullable CPeer peer;
    private final List<Figure> figures = new ArrayList<>();
    private int nonce;
    private int tokensOfWords = 1;

    /**
     * One number.
     *
     * @param peer the same of what was measured beside it, if anything was
     * @param ratio of the two, as the median over the turns
     */
    public record Figure(
            String name, double value, String unit, @Nullable Double peer, @Nullable Double ratio) {
        /** One line for people. */
        @Override
        public String toString() {
            var line = String.format(Locale.ROOT, "%-20s %10.3f %s", name, value, unit);
            return peer == null
                    ? line
                    : line + String.format(Locale.ROOT, " (peer %.3f, ratio %.3f)", peer, ratio);
        }
    }

    /**
     * What to measure.
     *
     * @param threads that compute, on both sides
     * @param rounds turns each side takes
     * @param draft a model to guess with, or null
     * @param toolCalls how many tool calls to ask for; 0 for none
     */
    public record Settings(
            Path model, int threads, int rounds, @Nullable Path draft, int toolCalls) {
        public Settings {
            if (threads < 1 || rounds < 1 || toolCalls < 0) {
                throw new IllegalArgumentException(
                        "a bench needs a thread, a round, and no negative number of tool calls");
            }
        }
    }

    private LlamaBench(Settings settings, Consumer<String> note) throws IOException {
        this.settings = settings;
        this.note = note;
        long trained = GgufFile.read(settings.model()).trainedContext().orElse(2048);
        options =
                LlamaOptions.defaults()
                        .withContextTokens((int) Math.min(trained, 4096))
                        .withThreads(settings.threads());
        folder = Files.createTempDirectory("outrider-bench");
        model = LlamaModels.load(settings.model(), options);
        predictor = model.newPredictor();
        peer = startPeer();
    }

    private @Nullable CPeer startPeer() throws IOException {
        return Llama.availability() instanceof Availability.Available(var version, var libraries)
                ? CPeer.start(folder, libraries, settings.model(), options.withSequences(SEQUENCES))
                        .orElse(null)
                : null;
    }

    /**
     * Measures everything; takes minutes.
     *
     * @param note told what is being measured
     * @throws LlamaException if the model cannot be loaded
     */
    public static List<Figure> run(Settings settings, Consumer<String> note) throws IOException {
        try (var bench = new LlamaBench(settings, note)) {
            bench.measure();
            return List.copyOf(bench.figures);
        }
    }

    private void measure() throws IOException {
        tokensOfWords = answer(GenerationRequest.of(WORDS, 1)).promptTokens();
        note.accept(peer == null ? "no C compiler: nothing to compare with" : "C program compiled");
        prompt(false);
        generation(false);
        prompt(true);
        generation(true);
        cachedPrefix();
        cancel();
        memory();
        batch();
        inner();
        busyCore();
        draft();
        toolCalls();
    }

    private void put(Figure figure) {
        figures.add(figure);
        note.accept("  " + figure);
    }

    private void add(String name, double value, String unit) {
        put(new Figure(name, value, unit, null, null));
    }

    private void add(String name, String unit, List<double[]> turns) {
        double value = median(turns.stream().mapToDouble(turn -> turn[0]).toArray());
        if (peer == null) {
            add(name, value, unit);
            return;
        }
        double other = median(turns.stream().mapToDouble(turn -> turn[1]).toArray());
        double ratio = median(turns.stream().mapToDouble(turn -> turn[0] / turn[1]).toArray());
        put(new Figure(name, value, unit, other, ratio));
    }

    static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * A text of about so many tokens that begins as none before it: nothing is remembered of it.
     */
    private String fresh(int tokens) {
        int repeats = Math.max(1, Math.round((float) tokens / tokensOfWords));
        return String.format(Locale.ROOT, "%04d: ", ++nonce) + WORDS.repeat(repeats);
    }

    private Path file(String text) {
        try {
            return Files.writeString(folder.resolve("prompt.txt"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void prompt(boolean counted) {
        note.accept("prompt" + (counted ? "" : ", to warm up"));
        var turns = new ArrayList<double[]>();
        for (int i = 0; i < (counted ? settings.rounds() : 1); i++) {
            var text = fresh(PROMPT_TOKENS);
            var file = file(text);
            double[] turn = new double[2];
            taking(i, () -> turn[0] = promptSpeed(text), c -> turn[1] = c.prompt(file).perSecond());
            turns.add(turn);
        }
        if (counted) {
            add("prompt", "tokens/s", turns);
        }
    }

    /** Lets both sides do their part, the other one first every second time. */
    private void taking(int turn, Runnable ours, Consumer<CPeer> theirs) {
        if (peer != null && turn % 2 == 1) {
            theirs.accept(peer);
        }
        ours.run();
        if (peer != null && turn % 2 == 0) {
            theirs.accept(peer);
        }
    }

    private double promptSpeed(String text) {
        long begun = System.nanoTime();
        var completion = answer(GenerationRequest.of(text, 1));
        double seconds = (System.nanoTime() - begun) / 1e9;
        return (completion.promptTokens() - completion.reusedTokens()) / seconds;
    }

    private Completion answer(GenerationRequest request) {
        try (var stream = predict(request)) {
            stream.rest();
            return stream.completion();
        }
    }

    private TokenStream predict(GenerationRequest request) {
        return predict(predictor, request);
    }

    private static TokenStream predict(
            Predictor<GenerationRequest, TokenStream> predictor, GenerationRequest request) {
        try {
            return predictor.predict(request);
        } catch (TranslateException e) {
            throw new LlamaException(String.valueOf(e.getMessage()), e);
        }
    }

    private void generation(boolean counted) {
        note.accept("generation" + (counted ? "" : ", to warm up"));
        var turns = new ArrayList<double[]>();
        var file = file(STORY);
        double same = 1;
        for (int i = 0; i < (counted ? settings.rounds() : 1); i++) {
            double[] turn = new double[2];
            var prints = new String[] {"", ""};
            taking(
                    i,
                    () -> {
                        var timing = generate(predictor, STORY, ANSWER_TOKENS);
                        turn[0] = timing.perSecond();
                        prints[0] = timing.fingerprint();
                    },
                    c -> {
                        var timing = c.generate(file, ANSWER_TOKENS);
                        turn[1] = timing.perSecond();
                        prints[1] = timing.fingerprint();
                    });
            same = Math.min(same, prints[0].equals(prints[1]) ? 1 : 0);
            turns.add(turn);
        }
        if (counted) {
            add("generation", "tokens/s", turns);
            if (peer != null) {
                add("text_equal", same, "of 1");
            }
        }
    }

    private static CPeer.Timing generate(
            Predictor<GenerationRequest, TokenStream> predictor, String text, int tokens) {
        try (var stream = predictor.predict(GenerationRequest.of(text, tokens))) {
            var said = new StringBuilder(stream.next());
            long begun = System.nanoTime();
            said.append(stream.rest());
            double seconds = (System.nanoTime() - begun) / 1e9;
            int generated = stream.completion().generatedTokens();
            return new CPeer.Timing(generated - 1, seconds, fingerprint(said.toString()));
        } catch (TranslateException e) {
            throw new LlamaException(String.valueOf(e.getMessage()), e);
        }
    }

    /** FNV-1a, as the C program makes it of the same bytes. */
    private static String fingerprint(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return String.format(Locale.ROOT, "%016x", hash);
    }

    private void cachedPrefix() {
        note.accept("first token with a prefix of 1,000 tokens");
        var cold = new double[Math.min(3, settings.rounds())];
        var cached = new double[cold.length];
        var sooner = new double[cold.length];
        for (int i = 0; i < cold.length; i++) {
            var prefix = fresh(PREFIX_TOKENS);
            cold[i] = millis(() -> answer(GenerationRequest.of(prefix + "Turn left.", 1)));
            cached[i] = millis(() -> answer(GenerationRequest.of(prefix + "Go to the door.", 1)));
            sooner[i] = cold[i] / cached[i];
        }
        add("first_token", median(cold), "ms");
        put(new Figure("cached_first_token", median(cached), "ms", median(cold), median(sooner)));
    }

    private static double millis(Runnable work) {
        long begun = System.nanoTime();
        work.run();
        return (System.nanoTime() - begun) / 1e6;
    }

    private void batch() {
        note.accept("four requests in a batch");
        var file = file(STORY);
        try (var four = LlamaModels.load(settings.model(), options.withSequences(SEQUENCES));
                var asking = four.newPredictor()) {
            batch(asking, file);
        }
    }

    private void batch(Predictor<GenerationRequest, TokenStream> four, Path file) {
        var throughput = new ArrayList<double[]>();
        var gain = new ArrayList<double[]>();
        together(four, SEQUENCES); // to warm up
        for (int i = 0; i < settings.rounds(); i++) {
            double[] batched = new double[2];
            double[] single = new double[2];
            taking(
                    i,
                    () -> {
                        single[0] = together(four, 1);
                        batched[0] = together(four, SEQUENCES);
                    },
                    c -> {
                        single[1] = c.batch(file, 1, BATCH_TOKENS).perSecond();
                        batched[1] = c.batch(file, SEQUENCES, BATCH_TOKENS).perSecond();
                    });
            throughput.add(batched);
            gain.add(new double[] {batched[0] / single[0], batched[1] / single[1]});
        }
        add("batch_4_throughput", "tokens/s", throughput);
        add("batch_4", "times one after another", gain);
    }

    /** Tokens per second of so many requests at once, after their first tokens. */
    private static double together(Predictor<GenerationRequest, TokenStream> predictor, int count) {
        var streams =
                IntStream.range(0, count)
                        .mapToObj(
                                i -> predict(predictor, GenerationRequest.of(STORY, BATCH_TOKENS)))
                        .toList();
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

    private void cancel() {
        note.accept("cancel");
        var random = new Random(1);
        var times = new double[CANCELS];
        for (int i = 0; i < CANCELS; i++) {
            var stream =
                    predict(GenerationRequest.of(i % 2 == 0 ? fresh(PREFIX_TOKENS) : STORY, 400));
            if (i % 2 == 1) {
                stream.next();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30 + random.nextInt(200)));
            times[i] = millis(stream::close);
        }
        add("cancel", Arrays.stream(times).max().orElse(0), "ms at worst of " + CANCELS);
        add("cancel_median", median(times), "ms");
    }

    private void memory() throws IOException {
        double ours =
                Files.readAllLines(Path.of("/proc/self/status")).stream()
                                .filter(line -> line.startsWith("VmHWM:"))
                                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                                .findFirst()
                                .orElse(0)
                        / 1024.0;
        if (ours > 0) {
            var theirs = peer == null ? null : peer.memory();
            put(
                    theirs == null || theirs.isEmpty()
                            ? new Figure("memory", ours, "MiB at most", null, null)
                            : new Figure(
                                    "memory",
                                    ours,
                                    "MiB at most",
                                    theirs.getAsDouble(),
                                    ours / theirs.getAsDouble()));
        }
    }

    private void inner() throws IOException {
        note.accept("logits and grammar");
        try (var inner = new InnerBench(settings.model(), options)) {
            if (peer != null) {
                add("logits_equal", inner.equalLogits(peer, folder), "share of floats");
            }
            var cost = inner.grammarCost();
            add("grammar_cost", cost.percentOfToken(), "% of a token");
            add("grammar_forced", cost.forcedShare(), "share of tokens");
        }
    }

    /** What is left while something else keeps one core busy. */
    private void busyCore() {
        if (Cores.COUNT < 2 || settings.threads() < 2) {
            return;
        }
        note.accept("generation while another program keeps a core busy");
        var measured = options.withThreads(LlamaOptions.MEASURED_THREADS).withSequences(1);
        var all = options.withThreads(Cores.COUNT).withSequences(1);
        var busy = Thread.ofPlatform().daemon().start(LlamaBench::spin);
        try (var one = LlamaModels.load(settings.model(), measured);
                var other = LlamaModels.load(settings.model(), all);
                var adapting = one.newPredictor();
                var fixed = other.newPredictor()) {
            var turns = new ArrayList<double[]>();
            for (int i = 0; i < Math.min(2, settings.rounds()); i++) {
                double ours = generate(adapting, STORY, ANSWER_TOKENS).perSecond();
                turns.add(
                        new double[] {ours, generate(fixed, STORY, ANSWER_TOKENS / 8).perSecond()});
            }
            addTurns("busy_core", turns);
        } finally {
            busy.interrupt();
        }
    }

    private static void spin() {
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    private void addTurns(String name, List<double[]> turns) {
        put(
                new Figure(
                        name,
                        median(turns.stream().mapToDouble(turn -> turn[0]).toArray()),
                        "tokens/s",
                        median(turns.stream().mapToDouble(turn -> turn[1]).toArray()),
                        median(turns.stream().mapToDouble(turn -> turn[0] / turn[1]).toArray())));
    }

    private void draft() {
        var file = settings.draft();
        if (file == null) {
            return;
        }
        note.accept("generation with a draft model");
        var alone = options.withSequences(1);
        try (var one = LlamaModels.load(settings.model(), alone.withDraft(file, 6));
                var other = LlamaModels.load(settings.model(), alone);
                var helped = one.newPredictor();
                var plain = other.newPredictor()) {
            var text = "def binary_search(items, wanted):\n";
            var turns = new ArrayList<double[]>();
            for (int i = 0; i < settings.rounds(); i++) {
                double ours = generate(helped, text, ANSWER_TOKENS).perSecond();
                turns.add(new double[] {ours, generate(plain, text, ANSWER_TOKENS).perSecond()});
            }
            addTurns("draft", turns);
        }
    }

    private void toolCalls() {
        if (settings.toolCalls() == 0) {
            return;
        }
        note.accept(settings.toolCalls() + " tool calls");
        add(
                "tool_calls",
                new ToolCallBench(model).valid(settings.toolCalls()),
                "valid of " + settings.toolCalls());
    }

    @Override
    public void close() throws IOException {
        if (peer != null) {
            peer.close();
        }
        predictor.close();
        model.close();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
