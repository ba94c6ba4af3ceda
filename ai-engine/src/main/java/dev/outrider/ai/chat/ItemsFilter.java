package dev.outrider.ai.chat;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.Filter;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Jinja's {@code items}: the pairs of a map, none of anything else. */
final class ItemsFilter implements Filter {
    @Override
    public String getName() {
        return "items";
    }

    @Override
    public Object filter(
            @Nullable Object value, JinjavaInterpreter interpreter, String... arguments) {
        return value instanceof Map<?, ?> map ? map.entrySet() : Set.of();
    }
}
