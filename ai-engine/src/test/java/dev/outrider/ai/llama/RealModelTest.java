package dev.outrider.ai.llama;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.outrider.ai.chat.ChatMessage;
import dev.outrider.ai.testing.Natives;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** SmolLM2 135M Instruct, fetched through the catalogue; skipped where it cannot be fetched. */
@Tag("real-model")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealModelTest {
    private ZooModel<GenerationRequest, TokenStream> model;

    @BeforeAll
    void load() {
        var file = Natives.assumeModel("smollm2-135m-instruct");
        var options = LlamaOptions.defaults().withContextTokens(512).withThreads(1);
        model = LlamaModels.load(file, options.withSequences(4));
    }

    @AfterAll
    void close() {
        if (model != null) {
            model.close();
        }
    }

    @Test
    void knowsTheCapitalOfFrance() {
        assertThat(text(GenerationRequest.of("The capital of France is", 12))).contains("Paris");
    }

    @Test
    void answersInTheFormAskedFor() {
        var grammar = Grammar.gbnf("root ::= \"{\\\"city\\\":\\\"\" [A-Z] [a-z]+ \"\\\"}\"");
        var prompt =
                "<|im_start|>user\nWhat is the capital of France? Answer as JSON.<|im_end|>\n<|im_start|>assistant\n";

        assertThat(text(GenerationRequest.of(prompt, 40).withGrammar(grammar)))
                .isEqualTo("{\"city\":\"Paris\"}");
    }

    @Test
    void isNotAskedWhatTheGrammarLeavesNoChoiceFor() throws TranslateException {
        var grammar =
                Grammar.gbnf(
                        "root ::= \"{\\\"capital\\\":\\\"\" [A-Z] [a-z]+"
                                + " \"\\\",\\\"sure\\\":true}\"");
        var request = GenerationRequest.of("The capital of France as JSON:\n", 40);

        try (var predictor = model.newPredictor();
                var stream = predictor.predict(request.withGrammar(grammar))) {
            assertThat(stream.rest()).startsWith("{\"capital\":\"").endsWith("\",\"sure\":true}");
            assertThat(stream.completion().forcedTokens()).isGreaterThan(6);
        }
    }

    @Test
    void keepsRequestsOfTheSameBatchApart() {
        var capitals = List.of("France: Paris", "Italy: Rome", "Japan: Tokyo", "Germany: Berlin");

        try (var threads = Executors.newFixedThreadPool(4)) {
            var answers =
                    capitals.stream()
                            .map(pair -> "The capital of " + pair.split(": ", 2)[0] + " is")
                            .map(prompt -> GenerationRequest.of(prompt, 12))
                            .map(request -> supplyAsync(() -> text(request), threads))
                            .toList();

            for (int i = 0; i < capitals.size(); i++) {
                assertThat(answers.get(i).join()).contains(capitals.get(i).split(": ", 2)[1]);
            }
        }
    }

    @Test
    void answersAConversationByItsOwnTemplate() throws TranslateException {
        var messages =
                List.of(
                        ChatMessage.instruction("Answer in one short sentence."),
                        ChatMessage.user("What is the capital of France?"));

        try (var chat = LlamaModels.chat(model);
                var stream = chat.predict(ChatRequest.of(messages, 40))) {
            assertThat(stream.rest()).contains("Paris").doesNotContain("<|im_end|>");
            assertThat(stream.completion().reason()).isEqualTo(FinishReason.STOP);
        }
    }

    private String text(GenerationRequest request) {
        try (var predictor = model.newPredictor();
                var stream = predictor.predict(request)) {
            return stream.rest();
        } catch (TranslateException e) {
            throw new AssertionError(e);
        }
    }
}
