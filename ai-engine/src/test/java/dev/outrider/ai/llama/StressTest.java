package dev.outrider.ai.llama;

import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.repository.zoo.ZooModel;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TinyModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten threads do everything at once to one model, and to many models one after another. */
@Tag("soak")
final class StressTest {
    private static final int MODELS = 12;
    private static final int THREADS = 10;
    private static final int REQUESTS = 60;

    @TempDir Path folder;

    @Test
    void answersOrEndsEveryRequestWhateverTheOthersDo() throws Exception {
        Natives.assumeLlama();
        var file = new TinyModel(2, 128, 1024, 2048, 1).write(folder.resolve("tiny.gguf"));
        for (int i = 0; i < MODELS; i++) {
            var random = new Random(i);
            var options =
                    LlamaOptions.defaults()
                            .withContextTokens(300 + random.nextInt(1500))
                            .withBatchTokens(8 + random.nextInt(200))
                            .withSequences(1 + random.nextInt(6))
                            .withCacheType(
                                    List.of(CacheType.F16, CacheType.Q8_0, CacheType.Q4_0)
                                            .get(i % 3))
                            .withThreads(1);
            try (var model = LlamaModels.load(file, options)) {
                stress(model, i);
            }
        }
    }

    private void stress(ZooModel<GenerationRequest, TokenStream> model, int round) {
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var users =
                    IntStream.range(0, THREADS)
                            .mapToObj(i -> runAsync(() -> use(model, round * 100 + i), threads))
                            .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(users).join();
        }
    }

    private void use(ZooModel<GenerationRequest, TokenStream> model, int seed) {
        var random = new Random(seed);
        try (var predictor = model.newPredictor();
                var embeddings = LlamaModels.embeddings(model);
                var prefixes = LlamaModels.prefixes(model)) {
            for (int i = 0; i < REQUESTS; i++) {
                switch (random.nextInt(10)) {
                    case 0 -> embeddings.predict(new EmbeddingRequest("cup " + i));
                    case 1 -> prefixes.predict(new PrefixRequest(request(random), folder));
                    default -> read(predictor.predict(request(random)), random);
                }
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static GenerationRequest request(Random random) {
        var prompt = "shared rules ".repeat(random.nextInt(6)) + "x ".repeat(random.nextInt(99));
        var request =
                GenerationRequest.of(prompt, 1 + random.nextInt(120))
                        .withSampling(Sampling.random(1.2f, random.nextInt()).withTopK(30));
        return switch (random.nextInt(4)) {
            case 0 -> request.withGrammar(Grammar.gbnf("root ::= \"{\" [a-z]{0,30} \"}\""));
            case 1 -> request.withTimeLimit(Duration.ofMillis(1 + random.nextInt(30)));
            case 2 -> request.withStops(List.of("a", "zz"));
            default -> request;
        };
    }

    private static void read(TokenStream stream, Random random) {
        for (int pieces = random.nextInt(150); pieces > 0 && stream.hasNext(); pieces--) {
            assertThat(stream.next()).isNotEmpty();
        }
        stream.close();
        assertThat(stream.completion().reason()).isNotNull();
    }
}
