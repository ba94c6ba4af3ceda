package dev.outrider.ai.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TinyModel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Loads, answers and closes a thousand times; memory must not grow with it. The first thousand only
 * let the allocator and the compiler settle. One lost model or context a round would be 700 MiB.
 */
@Tag("soak")
final class LeakTest {
    private static final int ROUNDS = 2000;
    private static final int WARM_UP = 1000;
    private static final long GROWTH_ALLOWED_KIB = 32 << 10;

    @TempDir Path folder;

    @Test
    void givesAllMemoryBack() throws Exception {
        Natives.assumeLlama();
        var file = TinyModel.standard().write(folder.resolve("tiny.gguf"));
        long before = 0;
        for (int round = 0; round < ROUNDS; round++) {
            if (round == WARM_UP) {
                before = residentKib();
            }
            use(file, round);
        }
        long after = residentKib();

        System.out.printf(
                "resident memory after %d rounds %d KiB, after %d %d KiB%n",
                WARM_UP, before, ROUNDS, after);
        assertThat(after).isLessThan(before + GROWTH_ALLOWED_KIB);
    }

    private static void use(Path file, int seed) throws Exception {
        var options = LlamaOptions.defaults().withContextTokens(256).withThreads(1);
        var request =
                GenerationRequest.of("what to do", 20)
                        .withGrammar(Grammar.gbnf("root ::= [a-z]{1,10}"))
                        .withSampling(Sampling.random(1, seed));
        try (var model = LlamaModels.load(file, options.withSequences(2));
                var predictor = model.newPredictor();
                var embeddings = LlamaModels.embeddings(model);
                var abandoned = predictor.predict(GenerationRequest.of("go on", 200));
                var stream = predictor.predict(request)) {
            assertThat(stream.rest()).isNotEmpty();
            assertThat(embeddings.predict(new EmbeddingRequest("cup"))).isNotEmpty();
            assertThat(abandoned.hasNext()).isTrue();
        }
    }

    private static long residentKib() throws Exception {
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }
}
