package dev.outrider.ai.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several requests decoded side by side in one context. */
final class BatchingTest {
    private static final int CONTEXT = 2048;

    @TempDir Path folder;
    private ZooModel<GenerationRequest, TokenStream> model;

    @BeforeEach
    void load() throws IOException {
        Natives.assumeLlama();
        var file = TinyModel.standard().write(folder.resolve("tiny.gguf"));
        var options = LlamaOptions.defaults().withContextTokens(CONTEXT).withThreads(1);
        model = LlamaModels.load(file, options.withBatchTokens(64).withSequences(4));
    }

    @AfterEach
    void close() {
        if (model != null) {
            model.close();
        }
    }

    @Test
    void servesManyThreadsEachWithItsOwnGrammar() {
        try (var threads = Executors.newFixedThreadPool(12)) {
            var answers = new ArrayList<CompletableFuture<String>>();
            for (int i = 0; i < 60; i++) {
                var own = Grammar.gbnf("root ::= \"I am number %d\"".formatted(i));
                var request =
                        GenerationRequest.of("who are you? ".repeat(1 + i % 7), 40)
                                .withGrammar(own)
                                .withSampling(Sampling.random(1.5f, i));
                answers.add(CompletableFuture.supplyAsync(() -> text(request), threads));
            }

            for (int i = 0; i < 60; i++) {
                assertThat(answers.get(i).join()).isEqualTo("I am number " + i);
            }
        }
    }

    @Test
    void letsAShortRequestFinishDuringALongOne() {
        try (var longer = start(GenerationRequest.of("a long story", 1700))) {
            longer.next();

            assertThat(text(GenerationRequest.of("quick", 5))).isNotEmpty();

            longer.next();
            assertThatThrownBy(longer::completion).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void letsOneBeCancelledWithoutHarmToTheOthers() {
        var request = GenerationRequest.of("count the boxes", 200);
        try (var kept = start(request)) {
            for (int i = 0; i < 20; i++) {
                var cancelled = start(GenerationRequest.of("never mind " + i, 500));
                cancelled.next();
                cancelled.close();
                assertThat(cancelled.completion().reason()).isEqualTo(FinishReason.CANCELLED);
            }
            kept.rest();

            assertThat(kept.completion())
                    .extracting(Completion::reason, Completion::generatedTokens)
                    .containsExactly(FinishReason.LENGTH, 200);
        }
    }

    @Test
    void endsEachAtItsOwnDeadline() {
        var hurried = GenerationRequest.of("hurry", 900).withTimeLimit(Duration.ofMillis(5));
        try (var patient = start(GenerationRequest.of("take your time", 300));
                var stream = start(hurried)) {
            stream.rest();
            patient.rest();

            assertThat(stream.completion().reason()).isEqualTo(FinishReason.DEADLINE);
            assertThat(patient.completion().reason()).isEqualTo(FinishReason.LENGTH);
        }
    }

    @Test
    void sharesTheBeginningOfARequestThatIsStillRunning() {
        var constant = "you are a robot and these are your rules ".repeat(6);
        try (var first = start(GenerationRequest.of(constant + "drive", 700))) {
            first.next();

            try (var second = start(GenerationRequest.of(constant + "turn", 5))) {
                second.rest();

                var completion = second.completion();
                assertThat(completion.reusedTokens()).isGreaterThan(completion.promptTokens() / 2);
                assertThatThrownBy(first::completion).isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @Test
    void remembersSeveralBeginningsAtOnce() {
        var beginnings =
                List.of("first robot ".repeat(9), "second one ".repeat(9), "another ".repeat(9));
        beginnings.forEach(beginning -> text(GenerationRequest.of(beginning, 3)));

        for (String beginning : beginnings) {
            try (var stream = start(GenerationRequest.of(beginning + "go", 3))) {
                stream.rest();

                assertThat(stream.completion().reusedTokens())
                        .isGreaterThan(stream.completion().promptTokens() / 2);
            }
        }
    }

    @Test
    void makesRequestsWaitThatTogetherNeedMoreThanTheContext() {
        var big = GenerationRequest.of("x", 1500);
        try (var first = start(big);
                var second = start(big)) {
            second.rest();

            assertThat(second.completion().generatedTokens()).isEqualTo(1500);
            first.rest();
            assertThat(first.completion().generatedTokens()).isEqualTo(1500);
        }
    }

    @Test
    void forgetsOldBeginningsWhenRoomIsNeeded() {
        for (int i = 0; i < 4; i++) {
            text(GenerationRequest.of("memory number " + i + " ".repeat(3), 600));
        }

        try (var stream = start(GenerationRequest.of("all of it", 5000))) {
            stream.rest();

            var completion = stream.completion();
            assertThat(completion.promptTokens() + completion.generatedTokens()).isEqualTo(CONTEXT);
        }
    }

    private TokenStream start(GenerationRequest request) {
        try (var predictor = model.newPredictor()) {
            return predictor.predict(request);
        } catch (TranslateException e) {
            throw new AssertionError(e);
        }
    }

    private String text(GenerationRequest request) {
        try (var stream = start(request)) {
            return stream.rest();
        }
    }
}
