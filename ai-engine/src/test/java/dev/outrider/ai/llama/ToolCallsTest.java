package dev.outrider.ai.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.chat.ChatMessage;
import dev.outrider.ai.chat.Tool;
import dev.outrider.ai.chat.ToolCall;
import dev.outrider.ai.testing.Natives;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ToolCallsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TRIES = 100;
    private static final Map<String, Object> SCHEMA =
            Map.of(
                    "type",
                    "object",
                    "properties",
                    Map.of(
                            "distance", Map.of("type", "number"),
                            "gait", Map.of("enum", List.of("slow", "fast"))),
                    "required",
                    List.of("distance"),
                    "additionalProperties",
                    false);
    private static final List<Tool> TOOLS =
            List.of(
                    new Tool("drive", "Drives the robot forward, in meters", SCHEMA),
                    new Tool("stop", "Stops the robot", Map.of("type", "object")));

    @Test
    void readsCalls() {
        var answer =
                """
                Of course.
                <tool_call>
                {"name": "drive", "arguments": {"distance": 2, "gait": "slow"}}
                </tool_call><tool_call>{"name":"stop","arguments":{}}</tool_call>
                """;

        assertThat(ToolCalls.read(answer))
                .extracting(ToolCall::name)
                .containsExactly("drive", "stop");
        assertThat(ToolCalls.read(answer).getFirst().arguments())
                .isEqualTo(Map.of("distance", 2, "gait", "slow"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "I drive.",
                "<tool_call>",
                "<tool_call>{}</tool_call>",
                "<tool_call>{\"name\":1,\"arguments\":{}}</tool_call>",
                "<tool_call>{\"name\":\"drive\",\"arguments\":[1]}</tool_call>",
                "<tool_call>{\"name\":\"drive\",\"arguments\":\"no\"}</tool_call>",
                "<tool_call>{\"name\":\"drive\"}</tool_call>",
                "<tool_call>{not json}</tool_call>"
            })
    void readsNoCallWhereThereIsNone(String answer) {
        assertThat(ToolCalls.read(answer)).isEmpty();
    }

    @Test
    void refusesAGrammarOfNoTools() {
        assertThatThrownBy(() -> ToolCalls.grammar(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no tool");
    }

    /** Only where the model was pulled before: it has 469 MB. */
    @Test
    @Tag("real-model")
    void isAValidCallWithEverySeed() throws Exception {
        Natives.assumeLlama();
        var name = "qwen2.5-coder-0.5b-instruct";
        var catalogue = ModelCatalogue.standard();
        var file = catalogue.cached(catalogue.find(name).orElseThrow());
        Assumptions.assumeTrue(file.isPresent(), "outrider models pull " + name);
        var options = LlamaOptions.defaults().withContextTokens(1024);
        int valid = 0;

        try (var model = LlamaModels.load(file.get(), options)) {
            for (int seed = 1; seed <= TRIES; seed++) {
                valid += isValid(call(model, seed)) ? 1 : 0;
            }
        }

        System.out.printf("%d of %d tool calls are valid%n", valid, TRIES);
        assertThat(valid).isEqualTo(TRIES);
    }

    private static List<ToolCall> call(ZooModel<?, ?> model, int seed) throws TranslateException {
        var answer =
                AnswerOptions.of(100)
                        .withGrammar(ToolCalls.grammar(TOOLS))
                        .withSampling(Sampling.standard(seed));
        var said = List.of(ChatMessage.user("Drive two and a half meters, slowly, please."));
        var request = ChatRequest.of(said, 100).withTools(TOOLS).withAnswer(answer);
        try (var chat = LlamaModels.chat(model);
                var stream = chat.predict(request)) {
            return ToolCalls.read(stream.rest());
        }
    }

    private static boolean isValid(List<ToolCall> calls) {
        var schemas = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
        return calls.size() == 1
                && TOOLS.stream()
                        .filter(tool -> tool.name().equals(calls.getFirst().name()))
                        .map(tool ->
                                schemas.getSchema(JSON.<JsonNode>valueToTree(tool.parameters())))
                        .anyMatch(schema ->
                                schema.validate(
                                                JSON.<JsonNode>valueToTree(
                                                        calls.getFirst().arguments()))
                                        .isEmpty());
    }
}
