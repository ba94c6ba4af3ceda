package dev.outrider.ai.llama;

import dev.outrider.ai.catalogue.CacheFolder;
import dev.outrider.ai.gguf.GgufFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures the engine through its public face, and beside it a C program on the same library where
 * there is a compiler. The two take turns and every ratio is of one turn; what is given is the
 * median of the turns.
 */
public final class LlamaBench {
    /** Tokens of an answer whose speed is measured, behind a prompt of some ten. */
    public static final int ANSWER_TOKENS = 128;

    private static final int MOST_CONTEXT = 4096;

    private final Settings settings;
    private final LlamaOptions options;
    private final BenchFigures figures;
    private final Path folder;

    private LlamaBench(Settings settings, BenchFigures figures, Path folder) {
        this.settings = settings;
        this.figures = figures;
        this.folder = folder;
        long trained = GgufFile.read(settings.model()).trainedContext().orElse(MOST_CONTEXT / 2);
        options =
                LlamaOptions.defaults()
                        .withContextTokens((int) Math.min(trained, MOST_CONTEXT))
                        .withThreads(settings.threads());
    }

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

    /** What can be measured by itself. */
    public enum Part {
        /** Reading a prompt; of a model for embeddings, making them. */
        PROMPT,
        GENERATION,
        /** The first token after a long beginning, new and remembered. */
        PREFIX,
        CANCEL,
        MEMORY,
        BATCH,
        LOGITS,
        GRAMMAR,
        BUSY_CORE,
        DRAFT,
        TOOL_CALLS;

        /** As people write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What to measure.
     *
     * @param threads that compute, on both sides
     * @param rounds turns each side takes
     * @param beside whether a C program is to do the same, where there is a compiler
     * @param only these parts
     * @param draft a model to guess with, or null
     * @param toolCalls how many tool calls to ask for; 0 for none
     */
    public record Settings(
            Path model,
            int threads,
            int rounds,
            boolean beside,
            Set<Part> only,
            @Nullable Path draft,
            int toolCalls) {
        public Settings {
            only = Set.copyOf(only);
            if (threads < 1 || rounds < 1 || toolCalls < 0 || only.isEmpty()) {
                throw new IllegalArgumentException(
                        "a bench needs a thread, a round, a part, and no negative number of tool"
                                + " calls");
            }
        }
    }

    /**
     * Measures; everything takes minutes.
     *
     * @param note told what is being measured
     * @throws LlamaException if the model cannot be loaded
     */
    public static List<Figure> run(Settings settings, Consumer<String> note) throws IOException {
        var figures = new BenchFigures(note);
        var folder = Files.createTempDirectory("outrider-bench");
        try {
            new LlamaBench(settings, figures, folder).measure();
        } finally {
            CacheFolder.delete(folder);
        }
        return figures.all();
    }

    private void measure() throws IOException {
        if (!ModelHeader.read(settings.model()).generates()) {
            embeddings();
            return;
        }
        try (var model = new BenchModel(settings.model(), options);
                var peer = peer()) {
            figures.note(peer == null ? "nothing to compare with" : "beside a C program");
            var speed = new SpeedBench(figures, model, peer, folder, settings.rounds());
            speed.warmUp();
            for (Part part : EnumSet.copyOf(settings.only())) {
                measure(part, speed, model, peer);
            }
        }
    }

    private void measure(Part part, SpeedBench speed, BenchModel model, @Nullable CPeer peer)
            throws IOException {
        var latency = new LatencyBench(figures, model, settings.rounds());
        var variants = new VariantBench(figures, settings.model(), options, settings.rounds());
        switch (part) {
            case PROMPT -> speed.prompt();
            case GENERATION -> speed.generation();
            case PREFIX -> latency.cachedPrefix();
            case CANCEL -> latency.cancel();
            case MEMORY -> memory(peer);
            case BATCH -> batch(speed);
            case LOGITS -> logits(peer);
            case GRAMMAR -> grammar();
            case BUSY_CORE -> variants.busyCore();
            case DRAFT -> draft(variants);
            case TOOL_CALLS -> toolCalls(model);
        }
    }

    private @Nullable CPeer peer() throws IOException {
        var together = options.withSequences(SpeedBench.SEQUENCES);
        return settings.beside()
                        && Llama.availability()
                                instanceof Availability.Available(var version, var libraries)
                ? CPeer.start(folder, libraries, settings.model(), together).orElse(null)
                : null;
    }

    private void embeddings() throws IOException {
        if (settings.only().contains(Part.PROMPT)) {
            SpeedBench.embedding(figures, settings.model(), options, settings.rounds());
        }
        if (settings.only().contains(Part.MEMORY)) {
            memory(null);
        }
    }

    private void batch(SpeedBench speed) {
        var together = options.withSequences(SpeedBench.SEQUENCES);
        try (var four = new BenchModel(settings.model(), together)) {
            speed.batch(four);
        }
    }

    private void memory(@Nullable CPeer peer) throws IOException {
        double ours =
                Files.readAllLines(Path.of("/proc/self/status")).stream()
                                .filter(line -> line.startsWith("VmHWM:"))
                                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                                .findFirst()
                                .orElseThrow()
                        / 1024.0;
        double theirs = peer == null ? 0 : peer.memory().orElse(0);
        if (theirs > 0) {
            figures.add("memory", ours, "MiB at most", theirs, ours / theirs);
        } else {
            figures.add("memory", ours, "MiB at most");
        }
    }

    private void logits(@Nullable CPeer peer) throws IOException {
        if (peer != null) {
            figures.note("logits");
            try (var inner = new InnerBench(settings.model(), options)) {
                figures.add("logits_equal", inner.equalLogits(peer, folder), "share of floats");
            }
        }
    }

    private void grammar() {
        figures.note("grammar");
        try (var inner = new InnerBench(settings.model(), options)) {
            var cost = inner.grammarCost();
            figures.add("grammar_cost", cost.percentOfToken(), "% of a token");
            figures.add("grammar_forced", cost.forcedShare(), "share of tokens");
        }
    }

    private void draft(VariantBench variants) {
        var file = settings.draft();
        if (file != null) {
            variants.draft(file);
        }
    }

    private void toolCalls(BenchModel model) {
        int wanted = settings.toolCalls();
        if (wanted > 0) {
            figures.note(wanted + " tool calls");
            int valid = new ToolCallBench(model.model()).valid(wanted);
            figures.add("tool_calls", valid, "valid of " + wanted);
        }
    }
}
