package dev.outrider.ai.llama;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a grammar leaves no choice for is said without asking the model. */
final class ForcedRunTest {
    @TempDir Path folder;
    private ZooModel<GenerationRequest, TokenStream> model;
    private Predictor<GenerationRequest, TokenStream> predictor;

    private record Said(String text, Completion completion) {}

    @BeforeEach
    void load() throws IOException {
        Natives.assumeLlama();
        var file = TinyModel.standard().write(folder.resolve("tiny.gguf"));
        var options = LlamaOptions.defaults().withContextTokens(512).withThreads(1);
        model = LlamaModels.load(file, options.withBatchTokens(32).withSequences(3));
        predictor = model.newPredictor();
    }

    @AfterEach
    void close() {
        if (model != null) {
            predictor.close();
            model.close();
        }
    }

    @Test
    void saysAnAnswerWithoutAnyChoiceWithoutSampling() throws TranslateException {
        var said = say("root ::= \"the robot stops here, now.\"", 60, 1);

        assertThat(said.text()).isEqualTo("the robot stops here, now.");
        assertThat(said.completion().reason()).isEqualTo(FinishReason.STOP);
        assertThat(said.completion().forcedTokens())
                .isPositive()
                .isEqualTo(said.completion().generatedTokens());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void samplesOnlyWhereThereIsAChoice(int seed) throws TranslateException {
        var said =
                say(
                        """
                        root ::= "{\\"do\\":\\"" ("drive" | "turn") "\\",\\"distance\\":" [1-9] ",\\"unit\\":\\"m\\"}"
                        """,
                        100,
                        seed);

        assertThat(said.text())
                .matches("\\{\"do\":\"(drive|turn)\",\"distance\":[1-9],\"unit\":\"m\"\\}");
        assertThat(said.completion().forcedTokens())
                .isGreaterThan(said.completion().generatedTokens() / 2)
                .isLessThan(said.completion().generatedTokens());
    }

    @Test
    void forcesNothingWhereTheAnswerMayEnd() throws TranslateException {
        var said = say("root ::= \"a\" | \"ab\"", 10, 3);

        assertThat(said.text()).isIn("a", "ab");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 9})
    void endsAtTheLimitInsideAForcedText(int most) throws TranslateException {
        var said = say("root ::= \"{\\\"do\\\":\\\"drive\\\"}\"", most, 1);

        assertThat(said.completion().reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(said.completion().generatedTokens()).isEqualTo(most);
        assertThat("{\"do\":\"drive\"}").startsWith(said.text());
    }

    @Test
    void endsBeforeAStopTextInsideAForcedText() throws TranslateException {
        var request =
                GenerationRequest.of("x", 80)
                        .withGrammar(Grammar.gbnf("root ::= \"one, two, three, four\""));

        try (var stream = predictor.predict(request.withStops(List.of("three")))) {
            assertThat(stream.rest()).isEqualTo("one, two, ");
        }
    }

    @Test
    void spellsCharactersOfSeveralBytes() throws TranslateException {
        var said = say("root ::= \"\u00e9t\u00e9 \ud83e\udd16 \" [ab] \" \u4f60\"", 80, 1);

        assertThat(said.text()).matches("\u00e9t\u00e9 \ud83e\udd16 [ab] \u4f60");
        assertThat(said.completion().forcedTokens()).isGreaterThan(3);
    }

    @Test
    void leavesTheFollowingAnswersAsTheyWere() throws TranslateException {
        var free = GenerationRequest.of("go on", 30);
        String before;
        try (var stream = predictor.predict(free)) {
            before = stream.rest();
        }

        say("root ::= \"a long constant text in between \" [0-9] \" and its end\"", 90, 1);

        try (var stream = predictor.predict(free)) {
            assertThat(stream.rest()).isEqualTo(before);
        }
    }

    private Said say(String gbnf, int most, int seed) throws TranslateException {
        var request =
                GenerationRequest.of("what to do", most)
                        .withGrammar(Grammar.gbnf(gbnf))
                        .withSampling(Sampling.random(1.5f, seed));
        try (var stream = predictor.predict(request)) {
            return new Said(stream.rest(), stream.completion());
        }
    }
}
