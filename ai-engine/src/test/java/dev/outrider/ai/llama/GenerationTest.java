package dev.outrider.ai.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ai.djl.inference.Predictor;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GenerationTest {
    private static final String ORDER =
            """
            root   ::= "{\\"do\\":" verb ",\\"n\\":" number "}"
            verb   ::= "\\"drive\\"" | "\\"turn\\"" | "\\"stop\\""
            number ::= "-"? [1-9] [0-9]? ("." [0-9])?
            """;

    private Path file;
    private ZooModel<GenerationRequest, TokenStream> model;
    private Predictor<GenerationRequest, TokenStream> predictor;

    @BeforeAll
    void load(@TempDir Path folder) throws IOException {
        Natives.assumeLlama();
        file = TinyModel.standard().write(folder.resolve("tiny.gguf"));
        var options = LlamaOptions.defaults().withContextTokens(2048).withThreads(1);
        model = LlamaModels.load(file, options.withBatchTokens(64));
        predictor = model.newPredictor();
    }

    @AfterAll
    void close() {
        if (model != null) {
            predictor.close();
            model.close();
        }
    }

    @Test
    void streamsPiecesThatTogetherAreTheAnswer() throws TranslateException {
        var pieces = new ArrayList<String>();
        Completion completion;

        try (var stream = predictor.predict(GenerationRequest.of("move the arm", 24))) {
            stream.forEachRemaining(pieces::add);
            completion = stream.completion();
        }

        assertThat(pieces).isNotEmpty().doesNotContain("");
        assertThat(String.join("", pieces))
                .isEqualTo(text(GenerationRequest.of("move the arm", 24)));
        assertThat(completion.reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(completion.generatedTokens()).isEqualTo(24);
        assertThat(completion.promptTokens()).isGreaterThan(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void saysOnlyWhatTheGrammarAllows(int seed) throws TranslateException {
        var request =
                GenerationRequest.of("what to do", 200)
                        .withGrammar(Grammar.gbnf(ORDER))
                        .withSampling(Sampling.random(1.5f, seed));

        try (var stream = predictor.predict(request)) {
            var text = stream.rest();

            assertThat(text)
                    .matches("\\{\"do\":\"(drive|turn|stop)\",\"n\":-?[1-9][0-9]?(\\.[0-9])?\\}");
            assertThat(stream.completion().reason()).isEqualTo(FinishReason.STOP);
        }
    }

    @Test
    void obeysTheGrammarWhenGreedyToo() throws TranslateException {
        var request =
                GenerationRequest.of("x", 50)
                        .withGrammar(Grammar.gbnf("root ::= \"yes\" | \"no\""));

        assertThat(text(request)).isIn("yes", "no");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "root ::= [a-z ]{20}",
                "root ::= [A-Z]{12}",
                "root ::= \"the \" (\"red\" | \"blue\") \" cup\"",
                "root ::= [0-9]+ \".\" [0-9]{4}"
            })
    void takesTheLikeliestTokenThatTheGrammarAllows(String gbnf) throws TranslateException {
        var request = GenerationRequest.of("x y z", 30).withGrammar(Grammar.gbnf(gbnf));
        var filteredFromAll = request.withSampling(Sampling.random(1, 9).withTopK(1));

        assertThat(text(request)).isEqualTo(text(filteredFromAll));
    }

    @ParameterizedTest
    @ValueSource(strings = {"root ::= \"a", "start ::= \"a\"", "root ::= missing", "root ::= root"})
    void refusesWhatIsNoGrammar(String gbnf) {
        var request = GenerationRequest.of("x", 5).withGrammar(Grammar.gbnf(gbnf));

        assertThatThrownBy(() -> predictor.predict(request))
                .hasRootCauseInstanceOf(LlamaException.class)
                .rootCause()
                .hasMessageContaining("not a GBNF grammar")
                .hasMessageContaining(gbnf);
    }

    @Test
    void repeatsItselfForTheSameSeedAndNotForAnother() throws TranslateException {
        var request = GenerationRequest.of("the robot", 30);

        var first = text(request.withSampling(Sampling.random(1, 5)));

        assertThat(text(request.withSampling(Sampling.random(1, 5)))).isEqualTo(first);
        assertThat(text(request.withSampling(Sampling.random(1, 6)))).isNotEqualTo(first);
    }

    @Test
    void takesTheLikeliestWhenOnlyThatIsLeftToChooseFrom() throws TranslateException {
        var request = GenerationRequest.of("the robot", 20);
        var greedy = text(request);

        assertThat(text(request.withSampling(Sampling.random(2, 5).withTopK(1)))).isEqualTo(greedy);
        assertThat(text(request.withSampling(Sampling.random(2, 5).withTopP(1e-6f))))
                .isEqualTo(greedy);
        assertThat(text(request.withSampling(Sampling.random(1, 5).withMinP(0.9999f))))
                .isEqualTo(greedy);
    }

    @Test
    void endsBeforeAStopText() throws TranslateException {
        var request = GenerationRequest.of("grip the cup", 60);
        var whole = text(request);
        var stop = whole.substring(20, 25);

        try (var stream = predictor.predict(request.withStops(List.of("never said", stop)))) {
            assertThat(stream.rest()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
            assertThat(stream.completion().reason()).isEqualTo(FinishReason.STOP);
        }
    }

    @Test
    void putsCharactersTogetherThatTokensSplit() throws TranslateException {
        var request =
                GenerationRequest.of("x", 50)
                        .withGrammar(
                                Grammar.gbnf(
                                        "root ::= \"\u4f60\u597d, \u00e9t\u00e9 \ud83e\udd16\""));

        try (var stream = predictor.predict(request)) {
            var pieces = new ArrayList<String>();
            stream.forEachRemaining(pieces::add);

            assertThat(pieces).isNotEmpty();
            assertThat(String.join("", pieces))
                    .isEqualTo("\u4f60\u597d, \u00e9t\u00e9 \ud83e\udd16");
            assertThat(stream.completion().generatedTokens()).isGreaterThan(8);
        }
    }

    @Test
    void stopsWhenTheReaderClosesTheStream() throws TranslateException {
        var stream = predictor.predict(GenerationRequest.of("go on", 1900));
        stream.next();

        stream.close();

        assertThat(stream.hasNext()).isFalse();
        assertThat(stream.completion().reason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(stream.completion().generatedTokens()).isLessThan(1900);
        assertThat(text(GenerationRequest.of("next please", 3))).isNotEmpty();
    }

    @Test
    void stopsForAReaderThatWaitsWhenAnotherThreadCloses() throws TranslateException {
        var stream = predictor.predict(GenerationRequest.of("go on", 1900));
        var reader = CompletableFuture.supplyAsync(stream::rest);

        stream.close();

        await().until(reader::isDone);
        assertThat(stream.completion().reason()).isEqualTo(FinishReason.CANCELLED);
    }

    @Test
    void saysThatItsTimeWasUp() throws TranslateException {
        var request = GenerationRequest.of("hurry", 1900).withTimeLimit(Duration.ofMillis(3));

        try (var stream = predictor.predict(request)) {
            stream.rest();

            assertThat(stream.completion().reason()).isEqualTo(FinishReason.DEADLINE);
        }
    }

    @Test
    void answersTheSameWhetherThePromptIsDecodedInOnePieceOrMany() throws TranslateException {
        var prompt = "one two three four five six seven eight nine ten ".repeat(6);
        var options = LlamaOptions.defaults().withContextTokens(2048).withThreads(1);

        try (var other = LlamaModels.load(file, options.withBatchTokens(512));
                var otherPredictor = other.newPredictor();
                var whole = otherPredictor.predict(GenerationRequest.of(prompt, 12));
                var pieces = predictor.predict(GenerationRequest.of(prompt, 12))) {
            assertThat(pieces.rest()).isEqualTo(whole.rest());
            assertThat(pieces.completion().promptTokens()).isGreaterThan(64);
        }
    }

    @Test
    void decodesOnlyWhatIsNewInAPrompt() throws TranslateException {
        var constant = "you are a robot and these are your rules ".repeat(4);
        var cold = text(GenerationRequest.of(constant + "turn left", 10));
        text(GenerationRequest.of("quite another thing", 10));
        text(GenerationRequest.of(constant + "drive on", 10));

        try (var stream = predictor.predict(GenerationRequest.of(constant + "turn left", 10))) {
            assertThat(stream.rest()).isEqualTo(cold);
            var completion = stream.completion();
            assertThat(completion.reusedTokens())
                    .isBetween(completion.promptTokens() / 2, completion.promptTokens() - 1);
        }
    }

    @Test
    void refusesAPromptLongerThanTheContext() {
        var request = GenerationRequest.of("word ".repeat(2500), 5);

        assertThatThrownBy(() -> predictor.predict(request))
                .rootCause()
                .isInstanceOf(LlamaException.class)
                .hasMessageContaining("tokens, the context only 2048")
                .hasMessageContaining("n_ctx");
    }

    @Test
    void refusesAHugePromptWithoutTokenizingIt() {
        var request = GenerationRequest.of("\n".repeat(50_000_000), 5);

        assertThatThrownBy(() -> predictor.predict(request))
                .rootCause()
                .isInstanceOf(LlamaException.class)
                .hasMessageContaining("tokens or more, the context only 2048");
    }

    @Test
    void endsAtTheEndOfTheContext() throws TranslateException {
        try (var stream = predictor.predict(GenerationRequest.of("a long story", 5000))) {
            stream.rest();

            var completion = stream.completion();
            assertThat(completion.reason()).isEqualTo(FinishReason.LENGTH);
            assertThat(completion.promptTokens() + completion.generatedTokens()).isEqualTo(2048);
        }
    }

    @Test
    void doesNotSayHowItEndedWhileItGoesOn() throws TranslateException {
        try (var stream = predictor.predict(GenerationRequest.of("go on", 200))) {
            assertThat(stream.hasNext()).isTrue();
            assertThatThrownBy(stream::completion).isInstanceOf(IllegalStateException.class);
        }
    }

    private String text(GenerationRequest request) throws TranslateException {
        try (var stream = predictor.predict(request)) {
            return stream.rest();
        }
    }
}
