package dev.outrider.gateway.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.gateway.upstream.Ask.Endpoint;
import dev.outrider.gateway.upstream.Receiver.Tokens;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an answer must look like to be one: OpenAI's chat completion, chat completion chunk and
 * embedding list, as far as every server fills them in. What else they hold is not looked at.
 */
final class AnswerShape {

    private AnswerShape() {}

    /** Whether this is a complete answer of the endpoint. */
    static boolean isWhole(Endpoint endpoint, JsonNode answer) {
        return switch (endpoint) {
            case CHAT -> all(answer.path("choices"), AnswerShape::isChoice);
            case EMBEDDINGS -> all(answer.path("data"), AnswerShape::isEmbedding);
        };
    }

    /** Whether this is one event of a streamed chat completion. */
    static boolean isChunk(JsonNode event) {
        JsonNode choices = event.path("choices");
        return choices.isArray()
                && (choices.isEmpty() || all(choices, c -> c.path("delta").isObject()));
    }

    /** What the upstream counted, or null where it did not. */
    static @Nullable Tokens usage(JsonNode answer) {
        JsonNode usage = answer.path("usage");
        if (!usage.path("prompt_tokens").canConvertToLong()) {
            return null;
        }
        return new Tokens(
                Math.max(0, usage.path("prompt_tokens").longValue()),
                Math.max(0, usage.path("completion_tokens").longValue()),
                false);
    }

    private static boolean isChoice(JsonNode choice) {
        JsonNode message = choice.path("message");
        return message.isObject()
                && (message.has("content")
                        || message.path("tool_calls").isArray()
                        || message.path("function_call").isObject()
                        || message.path("refusal").isTextual());
    }

    private static boolean isEmbedding(JsonNode entry) {
        JsonNode embedding = entry.path("embedding");
        return embedding.isTextual() || (embedding.isArray() && !embedding.isEmpty());
    }

    private static boolean all(JsonNode array, Predicate<JsonNode> check) {
        if (!array.isArray() || array.isEmpty()) {
            return false;
        }
        for (JsonNode entry : array) {
            if (!check.test(entry)) {
                return false;
            }
        }
        return true;
    }
}
