package dev.outrider.ai.llama;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import dev.outrider.ai.chat.ChatMessage;
import dev.outrider.ai.chat.Tool;
import dev.outrider.ai.chat.ToolCall;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is in this file, so it compiles, and runs. */
final class ReadmeTest {
    private static final Path SOURCE =
            Path.of("src/test/java/dev/outrider/ai/llama/ReadmeTest.java");
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir Path folder;

    private static void tell(Path file) throws Exception {
        var criteria =
                Criteria.builder()
                        .setTypes(GenerationRequest.class, TokenStream.class)
                        .optEngine("Llama")
                        .optModelPath(file)
                        .optTranslatorFactory(new LlamaTranslatorFactory())
                        .optOption("n_ctx", "2048")
                        .build();
        try (var model = criteria.loadModel();
                var predictor = model.newPredictor()) {
            var request =
                    GenerationRequest.of("Once upon a time", 40)
                            .withSampling(Sampling.standard(42))
                            .withStops(List.of("The end"));
            try (var stream = predictor.predict(request)) {
                stream.forEachRemaining(System.out::print);
            }
        }
    }

    private static List<ToolCall> call(ZooModel<?, ?> model, Map<String, Object> schema)
            throws Exception {
        var tools = List.of(new Tool("drive", "Drives the robot", schema));
        var request =
                ChatRequest.of(List.of(ChatMessage.user("Two meters forward, please.")), 100)
                        .withTools(tools)
                        .withAnswer(AnswerOptions.of(100).withGrammar(ToolCalls.grammar(tools)));
        try (var chat = LlamaModels.chat(model);
                var stream = chat.predict(request)) {
            List<ToolCall> calls = ToolCalls.read(stream.rest());
            return calls;
        }
    }

    @Test
    void showsWhatRuns() throws Exception {
        Natives.assumeLlama();
        var file = TinyModel.standard().write(folder.resolve("tiny.gguf"));
        var schema =
                Map.of(
                        "type", "object",
                        "properties", Map.of("fast", Map.of("type", "boolean")),
                        "required", List.of("fast"));

        tell(file);
        try (var model = LlamaModels.load(file, LlamaOptions.defaults().withContextTokens(512))) {
            assertThat(call(model, schema)).singleElement().matches(c -> c.name().equals("drive"));
        }
    }

    @Test
    void showsWhatCompiles() throws Exception {
        var source = squeezed(Files.readString(SOURCE));

        var examples = EXAMPLE.matcher(chapter()).results().map(found -> found.group(1)).toList();

        assertThat(examples).hasSize(2);
        assertThat(examples).allSatisfy(example -> assertThat(source).contains(squeezed(example)));
    }

    /** What the README says of this engine; other chapters have tests of their own. */
    private static String chapter() throws IOException {
        var readme = Files.readString(Path.of("README.md"));
        int begin = readme.indexOf("## GGUF models: the engine \"Llama\"");
        return readme.substring(begin, readme.indexOf("\n## ", begin));
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
