package dev.outrider.ai.llama;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.outrider.ai.testing.Natives;
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
        model =
                LlamaModels.load(
                        file, LlamaOptions.defaults().withContextTokens(512).withThreads(1));
    }

    @AfterAll
    void close() {
        if (model != null) {
            model.close();
        }
    }

    @Test
    void knowsTheCapitalOfFrance() throws TranslateException {
        assertThat(text(GenerationRequest.of("The capital of France is", 12))).contains("Paris");
    }

    @Test
    void answersInTheFormAskedFor() throws TranslateException {
        var grammar = Grammar.gbnf("root ::= \"{\\\"city\\\":\\\"\" [A-Z] [a-z]+ \"\\\"}\"");
        var prompt =
                "<|im_start|>user\nWhat is the capital of France? Answer as JSON.<|im_end|>\n<|im_start|>assistant\n";

        assertThat(text(GenerationRequest.of(prompt, 40).withGrammar(grammar)))
                .isEqualTo("{\"city\":\"Paris\"}");
    }

    private String text(GenerationRequest request) throws TranslateException {
        try (var predictor = model.newPredictor();
                var stream = predictor.predict(request)) {
            return stream.rest();
        }
    }
}
