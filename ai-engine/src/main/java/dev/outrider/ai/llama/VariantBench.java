package dev.outrider.ai.llama;

import dev.outrider.ai.llama.BenchFigures.Turn;
import java.nio.file.Path;
import java.util.ArrayList;

/** The same model loaded in two ways, which take turns in generating. */
record VariantBench(BenchFigures figures, Path model, LlamaOptions options, int rounds) {
    private static final int DRAFT_TOKENS = 6;
    private static final int BUSY_ROUNDS = 2;
    private static final String CODE = "def binary_search(items, wanted):\n";

    /** What is left while something else keeps one core busy, if threads are measured. */
    void busyCore() {
        if (Cores.COUNT < 2 || options.threads() < 2) {
            return;
        }
        figures.note("generation while another program keeps a core busy");
        var busy = Thread.ofPlatform().daemon().start(VariantBench::spin);
        try {
            compare(
                    "busy_core",
                    BenchModel.STORY,
                    options.withThreads(LlamaOptions.MEASURED_THREADS),
                    options.withThreads(Cores.COUNT),
                    LlamaBench.ANSWER_TOKENS / 8, // the other way is far slower
                    Math.min(BUSY_ROUNDS, rounds));
        } finally {
            busy.interrupt();
        }
    }

    private static void spin() {
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    void draft(Path file) {
        figures.note("generation with a draft model");
        compare(
                "draft",
                CODE,
                options.withDraft(file, DRAFT_TOKENS),
                options,
                LlamaBench.ANSWER_TOKENS,
                rounds);
    }

    private void compare(
            String name,
            String text,
            LlamaOptions ours,
            LlamaOptions other,
            int otherTokens,
            int turnsEach) {
        try (var one = new BenchModel(model, ours);
                var two = new BenchModel(model, other)) {
            var turns = new ArrayList<Turn>();
            for (int i = 0; i < turnsEach; i++) {
                double first = one.generate(text, LlamaBench.ANSWER_TOKENS).perSecond();
                turns.add(new Turn(first, two.generate(text, otherTokens).perSecond()));
            }
            figures.add(name, "tokens/s", turns);
        }
    }
}
