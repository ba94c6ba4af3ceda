package dev.outrider.ai.llama;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.ZooModel;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model babbles under a schema's grammar is valid, says somebody else's validator. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JsonAnswerTest {
    private static final int SEEDS = 12;

    private ZooModel<GenerationRequest, TokenStream> model;
    private Predictor<GenerationRequest, TokenStream> predictor;

    @BeforeAll
    void load(@TempDir Path folder) throws IOException {
        Natives.assumeLlama();
        var file = TinyModel.standard().write(folder.resolve("tiny.gguf"));
        var options = LlamaOptions.defaults().withContextTokens(1024).withThreads(1);
        model = LlamaModels.load(file, options);
        predictor = model.newPredictor();
    }

    @AfterAll
    void close() {
        if (model != null) {
            predictor.close();
            model.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"object\", \"additionalProperties\": false, \"required\": [\"do\"], \"properties\": {\"at\": {\"type\": \"integer\"}, \"do\": {\"enum\": [\"drive\", \"turn\", null, 5]}, \"fast\": {\"type\": \"boolean\"}, \"note\": {\"type\": \"string\", \"maxLength\": 12}}}",
                "{\"type\": \"object\", \"additionalProperties\": false, \"properties\": {\"a\": {\"type\": \"null\"}, \"b\": {\"const\": {\"x\": [1, \"\\\"\"]}}, \"c\": {\"type\": \"boolean\"}}}",
                "{\"type\": \"object\", \"additionalProperties\": false}",
                "{\"type\": \"array\", \"minItems\": 2, \"maxItems\": 4, \"items\": {\"anyOf\": [{\"type\": \"number\"}, {\"type\": \"array\", \"maxItems\": 1, \"items\": {\"type\": \"boolean\"}}]}}",
                "{\"type\": \"array\", \"maxItems\": 0, \"items\": {\"type\": \"null\"}}",
                "{\"type\": \"array\", \"maxItems\": 1, \"items\": {\"type\": \"integer\"}}",
                "{\"type\": [\"string\", \"null\"], \"maxLength\": 9}",
                "{\"type\": \"number\"}"
            })
    void isValidByItsSchema(String schema) throws Exception {
        var validator =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
        for (int seed = 0; seed < SEEDS; seed++) {
            var request =
                    GenerationRequest.of("say something", 900)
                            .withGrammar(Grammar.jsonSchema(schema))
                            .withSampling(Sampling.random(1.5f, seed));
            try (var stream = predictor.predict(request)) {
                // random weights also say bytes that are no characters: however many, they are one
                var text = stream.rest().replaceAll("\ufffd+", "\ufffd");
                JsonNode said = new ObjectMapper().readTree(text);

                assertThat(stream.completion().reason()).isEqualTo(FinishReason.STOP);
                assertThat(validator.validate(said)).as(text).isEmpty();
            }
        }
    }
}
