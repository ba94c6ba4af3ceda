package dev.outrider.ai.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.AdvancedFilter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON spaced as Python's {@code json.dumps} spaces it, for models were trained on that. */
final class JsonFilter implements AdvancedFilter {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String getName() {
        return "tojson";
    }

    @Override
    public Object filter(
            @Nullable Object value,
            JinjavaInterpreter interpreter,
            Object[] arguments,
            Map<String, Object> named) {
        var indent = arguments.length > 0 ? arguments[0] : named.get("indent");
        try {
            return JSON.writer(printer(indent)).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new ChatTemplateException("a value has no JSON: " + e.getMessage());
        }
    }

    private static PrettyPrinter printer(@Nullable Object indent) {
        var after = Separators.Spacing.AFTER;
        var none = Separators.Spacing.NONE;
        var separators =
                Separators.createDefaultInstance()
                        .withObjectFieldValueSpacing(after)
                        .withObjectEntrySpacing(indent == null ? after : none)
                        .withArrayValueSpacing(indent == null ? after : none)
                        .withObjectEmptySeparator("")
                        .withArrayEmptySeparator("");
        var indenter =
                indent instanceof Number spaces
                        ? new DefaultIndenter(" ".repeat(spaces.intValue()), "\n")
                        : new DefaultPrettyPrinter.NopIndenter();
        return new DefaultPrettyPrinter(separators)
                .withObjectIndenter(indenter)
                .withArrayIndenter(indenter);
    }
}
