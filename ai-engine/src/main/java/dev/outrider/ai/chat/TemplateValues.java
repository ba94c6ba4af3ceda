package dev.outrider.ai.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Messages and tools as the maps and lists that templates expect, by OpenAI's names. */
record TemplateValues(UnaryOperator<String> guard) {
    Map<String, Object> of(ChatMessage message) {
        return switch (message) {
            case ChatMessage.Instruction(var content) -> role("system", content);
            case ChatMessage.User(var content) -> role("user", guard.apply(content));
            case ChatMessage.Assistant(var content, var calls) -> assistant(content, calls);
            case ChatMessage.ToolResult(var callId, var name, var content) -> {
                var map = role("tool", guard.apply(content));
                map.put("name", name);
                map.put("tool_call_id", callId);
                yield map;
            }
        };
    }

    private Map<String, Object> assistant(String content, List<ToolCall> calls) {
        var map = role("assistant", guard.apply(content));
        if (!calls.isEmpty()) {
            map.put("tool_calls", calls.stream().map(this::of).toList());
        }
        return map;
    }

    private Map<String, Object> of(ToolCall call) {
        var function = new LinkedHashMap<String, @Nullable Object>();
        function.put("name", guard.apply(call.name()));
        function.put("arguments", guarded(call.arguments()));
        return ordered("type", "function", "id", call.id(), "function", function);
    }

    static Map<String, Object> of(Tool tool) {
        var function =
                ordered(
                        "name",
                        tool.name(),
                        "description",
                        tool.description(),
                        "parameters",
                        tool.parameters());
        var map = new LinkedHashMap<String, Object>();
        map.put("type", "function");
        map.put("function", function);
        return map;
    }

    private @Nullable Object guarded(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> guard.apply(text);
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((key, inner) -> copy.put(guard.apply(key.toString()), guarded(inner)));
                yield copy;
            }
            case List<?> list -> list.stream().map(this::guarded).toList();
            default -> value;
        };
    }

    private static Map<String, Object> role(String role, String content) {
        return ordered("role", role, "content", content);
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i].toString(), keysAndValues[i + 1]);
        }
        return map;
    }
}
