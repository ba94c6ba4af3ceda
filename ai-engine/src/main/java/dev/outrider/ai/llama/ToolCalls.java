package dev.outrider.ai.llama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outrider.ai.chat.Tool;
import dev.outrider.ai.chat.ToolCall;
import dev.outrider.ai.grammar.JsonSchemaGrammar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Calls of tools as Qwen, Hermes and their many relatives write them: an object with {@code name}
 * and {@code arguments} between {@code <tool_call>} and {@code </tool_call>}. The grammar lets a
 * model say nothing but one valid call, whatever its size.
 */
public final class ToolCalls {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CALL =
            Pattern.compile("<tool_call>\\s*(\\{.*?\\})\\s*</tool_call>", Pattern.DOTALL);

    private ToolCalls() {}

    /**
     * A grammar of which every sentence is one call of one of the tools, its arguments valid by the
     * tool's schema.
     *
     * @throws dev.outrider.ai.grammar.SchemaException if a schema uses a keyword that is not known
     */
    public static Grammar grammar(List<Tool> tools) {
        if (tools.isEmpty()) {
            throw new IllegalArgumentException("there is no tool to call");
        }
        var calls = JSON.createObjectNode();
        var choice = calls.putArray("anyOf");
        for (Tool tool : tools) {
            var call = choice.addObject().put("type", "object");
            var members = call.putObject("properties");
            members.putObject("name").put("const", tool.name());
            members.set("arguments", JSON.<JsonNode>valueToTree(tool.parameters()));
            call.putArray("required").add("name").add("arguments");
        }
        var call = JsonSchemaGrammar.of(calls).replaceFirst("^root ::=", "call ::=");
        return Grammar.gbnf("root ::= \"<tool_call>\\n\" call \"\\n</tool_call>\"\n" + call);
    }

    /** The calls in an answer; what is no readable call is left out. */
    public static List<ToolCall> read(String answer) {
        return CALL.matcher(answer)
                .results()
                .map(found -> call(found.group(1), "call-" + found.start()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<ToolCall> call(String json, String id) {
        try {
            var call = JSON.readTree(json);
            var arguments =
                    JSON.convertValue(
                            call.path("arguments"), new TypeReference<Map<String, Object>>() {});
            return call.path("name").isTextual() && arguments != null
                    ? Optional.of(new ToolCall(id, call.path("name").asText(), arguments))
                    : Optional.empty();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
