package dev.outrider.ai.llama;

import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.outrider.ai.chat.ChatMessage;
import dev.outrider.ai.chat.Tool;
import dev.outrider.ai.chat.ToolCall;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Asks for tool calls by chance, seed after seed, and counts those that are just what was wanted.
 */
record ToolCallBench(ZooModel<?, ?> model) {
    private static final int LONGEST_CALL = 120;
    private static final List<String> ORDERS =
            List.of(
                    "Drive two meters forward.",
                    "Turn left by ninety degrees, please.",
                    "Say hello to the people in the kitchen.",
                    "What is the weather like on Mars?",
                    "gira a la derecha y luego avanza medio metro");
    private static final List<Tool> TOOLS =
            List.of(
                    tool("drive", "distance", Map.of("type", "number")),
                    tool("turn", "angle", Map.of("type", "integer")),
                    tool("say", "text", Map.of("type", "string", "maxLength", 60)));

    private static Tool tool(String name, String parameter, Map<String, Object> type) {
        var parameters =
                Map.of(
                        "type", "object",
                        "properties", Map.of(parameter, type),
                        "required", List.of(parameter));
        return new Tool(name, "Makes the robot " + name, parameters);
    }

    /** How many answers with the seeds 1 to n were one complete and valid call. */
    int valid(int n) {
        return (int) IntStream.rangeClosed(1, n).filter(this::isValid).count();
    }

    private boolean isValid(int seed) {
        var answer =
                AnswerOptions.of(LONGEST_CALL)
                        .withGrammar(ToolCalls.grammar(TOOLS))
                        .withSampling(Sampling.standard(seed));
        var order = List.of(ChatMessage.user(ORDERS.get(seed % ORDERS.size())));
        var request = ChatRequest.of(order, LONGEST_CALL).withTools(TOOLS).withAnswer(answer);
        try (var chat = LlamaModels.chat(model);
                var stream = chat.predict(request)) {
            var calls = ToolCalls.read(stream.rest());
            return stream.completion().reason() == FinishReason.STOP
                    && calls.size() == 1
                    && isValid(calls.getFirst());
        } catch (TranslateException e) {
            throw new LlamaException(String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean isValid(ToolCall call) {
        return switch (call.name()) {
            case "drive" -> isOnly(call, "distance", Number.class);
            case "turn" -> isOnly(call, "angle", Number.class);
            case "say" -> isOnly(call, "text", String.class);
            default -> false;
        };
    }

    private static boolean isOnly(ToolCall call, String argument, Class<?> type) {
        return call.arguments().size() == 1 && type.isInstance(call.arguments().get(argument));
    }
}
