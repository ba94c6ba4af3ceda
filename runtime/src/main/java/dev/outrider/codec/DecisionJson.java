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
 * {"rung":"local","model":"scout","reason":"…","degraded":["no_cloud"],"cloudLastReached":null,"agreement":"both","sure":0.93}},
 * without the last two where no words were read.
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
        object.put("cloudLastReached", text(decision.cloudLastReached()));
        Decision.Accord accord = decision.accord();
        if (accord != null) {
            object.put("agreement", accord.readers().wireName());
            if (!Double.isNaN(accord.sure())) {
                object.put("sure", Math.rint(accord.sure() * 100) / 100);
            }
        }
        return object;
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
                reached.isTextual() ? Instant.parse(reached.textValue()) : null,
                accord(node));
    }

    private static Decision.@Nullable Accord accord(JsonNode node) {
        String readers = node.path("agreement").asText();
        return readers.isEmpty()
                ? null
                : new Decision.Accord(
                        Decision.Readers.valueOf(readers.toUpperCase(Locale.ROOT)),
                        node.path("sure").asDouble(Double.NaN));
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
