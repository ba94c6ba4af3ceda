package dev.outrider.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.model.Action;
import dev.outrider.model.Condition;
import dev.outrider.model.Plan;
import dev.outrider.model.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Plans as JSON: {@code [{"do":"drive","distance":2},{"do":"dock","if":{"battery":{"below":30}}}]},
 * {@code [{"do":"look"},{"do":"say","text":"hello","if":{"found":"person"}}]}.
 */
public final class PlanJson {

    /** Strict JSON: no duplicate keys, no trailing tokens, shallow nesting. */
    public static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(32)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private static final BigDecimal BEYOND_DOUBLE = new BigDecimal("1e999");

    private PlanJson() {}

    /**
     * Reads a plan.
     *
     * @throws MalformedJson naming what is wrong and where
     */
    public static Plan plan(JsonNode node) throws MalformedJson {
        if (!node.isArray()) {
            throw new MalformedJson("a plan is an array of actions, not " + kind(node));
        }
        if (node.isEmpty()) {
            throw new MalformedJson("the plan has no action");
        }
        if (node.size() > Plan.MAX_ACTIONS) {
            throw new MalformedJson(
                    "the plan has " + node.size() + " actions, at most " + Plan.MAX_ACTIONS);
        }
        List<Action> actions = new ArrayList<>();
        for (JsonNode action : node) {
            actions.add(action(action));
        }
        return new Plan(actions);
    }

    /** Reads one action. */
    public static Action action(JsonNode node) throws MalformedJson {
        if (!node.isObject()) {
            throw new MalformedJson("an action is an object, not " + kind(node));
        }
        JsonNode verb = node.path("do");
        if (!verb.isTextual() || verb.textValue().isBlank()) {
            throw new MalformedJson("an action names its verb: {\"do\":\"drive\", …}");
        }
        Map<String, Value> arguments = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!field.getKey().equals("do") && !field.getKey().equals("if")) {
                arguments.put(field.getKey(), value(field.getValue()));
            }
        }
        return new Action(verb.textValue(), arguments, condition(node.path("if")));
    }

    /** Reads one action from text. */
    public static Action action(String json) throws MalformedJson {
        try {
            return action(MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            throw new MalformedJson(e.getOriginalMessage());
        }
    }

    /** Writes a plan. */
    public static ArrayNode json(Plan plan) {
        ArrayNode array = MAPPER.createArrayNode();
        plan.actions().forEach(a -> array.add(json(a)));
        return array;
    }

    /** Writes one action. */
    public static ObjectNode json(Action action) {
        ObjectNode object = MAPPER.createObjectNode().put("do", action.verb());
        action.arguments().forEach((name, value) -> put(object, name, value));
        switch (action.condition()) {
            case Condition.Always() -> {}
            case Condition.BatteryBelow(double percent) -> bound(object, "below", percent);
            case Condition.BatteryAbove(double percent) -> bound(object, "above", percent);
            case Condition.Found(String words) -> object.putObject("if").put("found", words);
            case Condition.NotFound(String words) -> object.putObject("if").put("not_found", words);
        }
        return object;
    }

    private static void put(ObjectNode object, String name, Value value) {
        switch (value) {
            case Value.Quantity(double number) -> putNumber(object, name, number);
            case Value.Text(String text) -> object.put(name, text);
            case Value.Unsupported(String kind) -> object.set(name, unsupported(kind));
        }
    }

    /** A value that reads back as unsupported, of the same kind. */
    private static JsonNode unsupported(String kind) {
        return switch (kind) {
            case "array" -> MAPPER.createArrayNode();
            case "object" -> MAPPER.createObjectNode();
            case "boolean" -> MAPPER.getNodeFactory().booleanNode(false);
            case "number" -> MAPPER.getNodeFactory().numberNode(BEYOND_DOUBLE);
            default -> MAPPER.nullNode();
        };
    }

    static void putNumber(ObjectNode object, String name, double number) {
        boolean negativeZero = Double.compare(number, -0.0) == 0;
        if (number == Math.rint(number) && Math.abs(number) < 1e15 && !negativeZero) {
            object.put(name, (long) number);
        } else {
            object.put(name, number);
        }
    }

    private static void bound(ObjectNode action, String bound, double percent) {
        putNumber(action.putObject("if").putObject("battery"), bound, percent);
    }

    private static Value value(JsonNode node) {
        if (node.isNumber() && Double.isFinite(node.doubleValue())) {
            return new Value.Quantity(node.doubleValue());
        }
        return node.isTextual()
                ? new Value.Text(node.textValue())
                : new Value.Unsupported(kind(node));
    }

    private static Condition condition(JsonNode node) throws MalformedJson {
        if (node.isMissingNode()) {
            return new Condition.Always();
        }
        if (node.has("found") || node.has("not_found")) {
            return finding(node);
        }
        JsonNode battery = node.path("battery");
        if (node.size() != 1 || battery.size() != 1) {
            throw new MalformedJson(
                    "a condition reads {\"battery\":{\"below\":30}}, {\"battery\":{\"above\":30}}, {\"found\":\"cup\"} or {\"not_found\":\"cup\"}");
        }
        JsonNode below = battery.path("below");
        JsonNode bound = below.isMissingNode() ? battery.path("above") : below;
        double percent = bound.isNumber() ? bound.doubleValue() : Double.NaN;
        if (!(percent >= 0 && percent <= 100)) {
            throw new MalformedJson("a battery condition is a percentage within 0..100");
        }
        return below.isMissingNode()
                ? new Condition.BatteryAbove(percent)
                : new Condition.BatteryBelow(percent);
    }

    private static Condition finding(JsonNode node) throws MalformedJson {
        JsonNode found = node.path("found");
        JsonNode words = found.isMissingNode() ? node.path("not_found") : found;
        if (node.size() != 1 || !words.isTextual()) {
            throw new MalformedJson("a condition on what is found reads {\"found\":\"cup\"}");
        }
        try {
            return found.isMissingNode()
                    ? new Condition.NotFound(words.textValue())
                    : new Condition.Found(words.textValue());
        } catch (IllegalArgumentException e) {
            throw new MalformedJson(String.valueOf(e.getMessage()));
        }
    }

    static String kind(JsonNode node) {
        return node.isMissingNode()
                ? "nothing"
                : node.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
