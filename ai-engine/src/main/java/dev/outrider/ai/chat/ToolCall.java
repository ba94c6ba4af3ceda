package dev.outrider.ai.chat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model's wish to have a tool run.
 *
 * @param id tells calls of one message apart
 * @param arguments by name, values as JSON has them
 */
public record ToolCall(String id, String name, Map<String, ?> arguments) {
    public ToolCall {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }
}
