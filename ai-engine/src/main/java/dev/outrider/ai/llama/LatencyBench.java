package dev.outrider.ai.llama;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How long one waits: for the first token, and for the end of an answer nobody wants any more. */
record LatencyBench(BenchFigures figures, BenchModel model, int rounds) {
    private static final int PREFIX_TOKENS = 1000;
    private static final int CANCELS = 20;

    void cachedPrefix() {
        figures.note("first token with a prefix of 1,000 tokens");
        var cold = new double[Math.min(3, rounds)];
        var cached = new double[cold.length];
        var sooner = new double[cold.length];
        for (int i = 0; i < cold.length; i++) {
            var prefix = model.fresh(PREFIX_TOKENS);
            cold[i] = firstToken(prefix + "Turn left.");
            cached[i] = firstToken(prefix + "Go to the door.");
            sooner[i] = cold[i] / cached[i];
        }
        double usual = BenchFigures.median(cold);
        figures.add("first_token", usual, "ms");
        figures.add(
                "cached_first_token",
                BenchFigures.median(cached),
                "ms",
                usual,
                BenchFigures.median(sooner));
    }

    private double firstToken(String prompt) {
        return millis(() -> model.answer(GenerationRequest.of(prompt, 1)));
    }

    /** In turns while a long prompt is decoded, and while an answer is given. */
    void cancel() {
        figures.note("cancel");
        var random = new Random(1);
        var times = new double[CANCELS];
        for (int i = 0; i < CANCELS; i++) {
            boolean answering = i % 2 == 1;
            var prompt = answering ? BenchModel.STORY : model.fresh(PREFIX_TOKENS);
            var stream = model.predict(GenerationRequest.of(prompt, 400));
            if (answering) {
                stream.next();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30 + random.nextInt(200)));
            times[i] = millis(stream::close);
        }
        double worst = Arrays.stream(times).max().orElse(0);
        figures.add("cancel", worst, "ms at worst of " + CANCELS);
        figures.add("cancel_median", BenchFigures.median(times), "ms");
    }

    private static double millis(Runnable work) {
        long begun = System.nanoTime();
        work.run();
        return (System.nanoTime() - begun) / 1e6;
    }
}
