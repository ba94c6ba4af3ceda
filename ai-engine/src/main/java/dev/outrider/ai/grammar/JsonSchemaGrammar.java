package dev.outrider.ai.grammar;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Turns a JSON Schema into a GBNF grammar whose every sentence is valid by the schema.
 *
 * <p>Known keywords: {@code type} (one or several), {@code properties}, {@code required}, {@code
 * items}, {@code minItems}, {@code maxItems}, {@code minLength}, {@code maxLength}, {@code enum},
 * {@code const}, {@code anyOf}. {@code additionalProperties} may be true or false: members that are
 * not listed are never said. Notes such as {@code title} and {@code description} mean nothing here.
 * Any other keyword is refused, for ignoring it would break the promise; numeric bounds are among
 * them, and belong to whoever checks the values.
 *
 * <p>Sentences are compact JSON, members in the schema's order, with at most one space after a
 * colon or comma. Numbers have at most 16 digits on either side of the point.
 */
public final class JsonSchemaGrammar {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEEPEST = 32;
    private static final int MOST_REPETITIONS = 1000;
    private static final Set<String> NOTES =
            Set.of("title", "description", "default", "examples", "$schema", "$id", "$comment");
    private static final Set<String> KNOWN =
            Set.of(
                    "type",
                    "properties",
                    "required",
                    "additionalProperties",
                    "items",
                    "minItems",
                    "maxItems",
                    "minLength",
                    "maxLength",
                    "enum",
                    "const",
                    "anyOf");

    private static final String COMMON =
            """
            ws ::= " "?
            string-char ::= [ !#-\\[\\]-~\\u00A0-\\uD7FF\\uE000-\\uFFFD\\U00010000-\\U0010FFFF] | "\\\\" (["\\\\/bfnrt] | "u" [0-9a-fA-F]{4})
            integer ::= "-"? ("0" | [1-9] [0-9]{0,15})
            number ::= integer ("." [0-9]{1,16})? ([eE] [-+]? [0-9]{1,3})?
            boolean ::= "true" | "false"
            """;

    private final List<String> rules = new ArrayList<>();

    private JsonSchemaGrammar() {}

    /**
     * The grammar of a schema.
     *
     * @param schema JSON text
     * @throws SchemaException if it is not JSON, or uses a keyword that is not known
     */
    public static String of(String schema) {
        try {
            return of(JSON.readTree(schema));
        } catch (JsonProcessingException e) {
            throw new SchemaException("not a JSON Schema: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * The grammar of a schema.
     *
     * @throws SchemaException if it uses a keyword that is not known
     */
    public static String of(JsonNode schema) {
        var grammar = new JsonSchemaGrammar();
        var root = grammar.value(schema, "", 0);
        return "root ::= %s\n%s\n%s".formatted(root, String.join("\n", grammar.rules), COMMON);
    }

    private String value(JsonNode schema, String place, int depth) {
        checkKeywords(schema, place, depth);
        if (schema.has("const")) {
            return literal(schema.get("const"));
        }
        if (schema.has("enum")) {
            return rule(alternatives(schema.get("enum"), place, JsonSchemaGrammar::literal));
        }
        if (schema.has("anyOf")) {
            return rule(
                    alternatives(
                            schema.get("anyOf"),
                            place,
                            part -> value(part, place + "/anyOf", depth + 1)));
        }
        var type = schema.path("type");
        if (type.isArray()) {
            return rule(
                    alternatives(type, place, one -> ofType(one.asText(), schema, place, depth)));
        }
        return ofType(type.asText(), schema, place, depth);
    }

    private String ofType(String type, JsonNode schema, String place, int depth) {
        return switch (type) {
            case "object" -> object(schema, place, depth);
            case "array" -> array(schema, place, depth);
            case "string" ->
                    "\"\\\"\" string-char%s \"\\\"\""
                            .formatted(repetition(schema, place, "minLength", "maxLength"));
            case "integer", "number", "boolean" -> type;
            case "null" -> "\"null\"";
            default ->
                    throw new SchemaException(
                            place,
                            "type must be object, array, string, number, integer, boolean or null, not '"
                                    + type
                                    + "'");
        };
    }

    /**
     * Members in order, each optional one perhaps left out. A comma stands before every member but
     * the first that is said, so there are two rules a member: nothing said yet, and something
     * said.
     */
    private String object(JsonNode schema, String place, int depth) {
        var required = required(schema, place);
        var members = new ArrayList<>(schema.path("properties").properties());
        var first = "\"\"";
        var later = "\"\"";
        for (var member : members.reversed()) {
            var inside = place + "/" + member.getKey();
            var name = literal(JSON.getNodeFactory().textNode(member.getKey()));
            var said = name + " \":\" ws " + value(member.getValue(), inside, depth + 1);
            boolean optional = !required.contains(member.getKey());
            var begun = rule(said + " " + later + (optional ? " | " + first : ""));
            later =
                    optional
                            ? rule("(\",\" ws %s)? %s".formatted(said, later))
                            : rule("\",\" ws %s %s".formatted(said, later));
            first = begun;
        }
        return rule("\"{\" %s \"}\"".formatted(first));
    }

    private static List<String> required(JsonNode schema, String place) {
        var names = new ArrayList<String>();
        for (JsonNode name : schema.path("required")) {
            if (!schema.path("properties").has(name.asText())) {
                throw new SchemaException(
                        place, "required member %s is not among properties".formatted(name));
            }
            names.add(name.asText());
        }
        return names;
    }

    private String array(JsonNode schema, String place, int depth) {
        if (!schema.path("items").isObject()) {
            throw new SchemaException(place, "an array needs items, one schema for all");
        }
        var item = rule(value(schema.get("items"), place + "/items", depth + 1));
        int least = bound(schema, place, "minItems", 0);
        int most = bound(schema, place, "maxItems", Integer.MAX_VALUE);
        checkOrder(place, least, most);
        if (most == 0) {
            return "\"[]\"";
        }
        var more = repetition(Math.max(0, least - 1), most == Integer.MAX_VALUE ? most : most - 1);
        var items = "%s (\",\" ws %s)%s".formatted(item, item, more);
        return rule(
                least == 0
                        ? "\"[\" (%s)? \"]\"".formatted(items)
                        : "\"[\" %s \"]\"".formatted(items));
    }

    private static String repetition(JsonNode schema, String place, String min, String max) {
        int least = bound(schema, place, min, 0);
        int most = bound(schema, place, max, Integer.MAX_VALUE);
        checkOrder(place, least, most);
        return repetition(least, most);
    }

    private static String repetition(int least, int most) {
        if (most == Integer.MAX_VALUE) {
            return least == 0 ? "*" : "{%d,}".formatted(least);
        }
        return "{%d,%d}".formatted(least, most);
    }

    private static int bound(JsonNode schema, String place, String keyword, int otherwise) {
        if (!schema.has(keyword)) {
            return otherwise;
        }
        int bound = schema.get(keyword).asInt(-1);
        if (bound < 0 || bound > MOST_REPETITIONS) {
            throw new SchemaException(
                    place, "%s must be 0 to %d".formatted(keyword, MOST_REPETITIONS));
        }
        return bound;
    }

    private static void checkOrder(String place, int least, int most) {
        if (least > most) {
            throw new SchemaException(place, "at least %d and at most %d".formatted(least, most));
        }
    }

    private String alternatives(JsonNode parts, String place, Function<JsonNode, String> one) {
        if (!parts.isArray() || parts.isEmpty()) {
            throw new SchemaException(place, "an empty choice can never be met");
        }
        var alternatives = new ArrayList<String>();
        parts.forEach(part -> alternatives.add(one.apply(part)));
        return String.join(" | ", alternatives);
    }

    private static void checkKeywords(JsonNode schema, String place, int depth) {
        if (!schema.isObject()) {
            throw new SchemaException(place, "a schema must be an object, not " + schema);
        }
        if (depth > DEEPEST) {
            throw new SchemaException(place, "nested more than %d deep".formatted(DEEPEST));
        }
        for (var keyword : schema.properties()) {
            var name = keyword.getKey();
            boolean closed = name.equals("additionalProperties");
            if (closed && !keyword.getValue().isBoolean()) {
                throw new SchemaException(place, "additionalProperties must be true or false");
            }
            if (!KNOWN.contains(name) && !NOTES.contains(name)) {
                throw new SchemaException(place, "the keyword %s is not supported".formatted(name));
            }
        }
    }

    private String rule(String body) {
        var name = "r" + rules.size();
        rules.add(name + " ::= " + body);
        return name;
    }

    private static String literal(JsonNode value) {
        var text = value.toString();
        var literal = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            literal.append(c == '"' || c == '\\' ? "\\" : "").append(c);
        }
        return literal.append('"').toString();
    }
}
