package dev.outrider.ai.chat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something a model may call.
 *
 * @param parameters JSON Schema of its arguments, an object
 */
public record Tool(String name, String description, Map<String, Object> parameters) {
    public Tool {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
