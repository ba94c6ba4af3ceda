package dev.outrider.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.model.Decision;
import dev.outrider.model.Degradation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decisions as JSON: {@code
 * {"rung":"local","model":"scout","reason":"…","degraded":["no_cloud"],"cloudLastReached":null}}.
 */
public final class DecisionJson {

    private DecisionJson() {}

    /** Writes a decision. */
    public static ObjectNode json(Decision decision) {
        ObjectNode object =
                PlanJson.MAPPER
                        .createObjectNode()
                        .put("rung", decision.decider())
                        .put("model", decision.model())
                        .put("reason", decision.reason());
        object.set("degraded", degraded(decision.degraded()));
        return object.put("cloudLastReached", text(decision.cloudLastReached()));
    }

    /** Reads a decision as {@link #json} wrote it. */
    public static Decision decision(JsonNode node) {
        List<Degradation> degraded = new ArrayList<>();
        for (JsonNode name : node.path("degraded")) {
            degraded.add(Degradation.valueOf(name.asText().toUpperCase(Locale.ROOT)));
        }
        JsonNode reached = node.path("cloudLastReached");
        return new Decision(
                node.path("rung").asText(),
                node.path("model").asText(),
                node.path("reason").asText(),
                degraded,
                reached.isTextual() ? Instant.parse(reached.textValue()) : null);
    }

    static JsonNode degraded(List<Degradation> degraded) {
        var array = PlanJson.MAPPER.createArrayNode();
        degraded.forEach(d -> array.add(d.wireName()));
        return array;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
