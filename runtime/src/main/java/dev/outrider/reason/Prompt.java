package dev.outrider.reason;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.codec.PlanJson;
import dev.outrider.kernel.Reasoner.Question;
import dev.outrider.model.Action;
import dev.outrider.model.Capability;
import dev.outrider.model.Parameter;
import dev.outrider.model.Place;
import dev.outrider.reason.PlanGrammar.Dependence;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What models are told, made from the robot's capabilities. The constant part comes first. */
final class Prompt {

    private record Example(String said, String plan, Set<String> verbs) {}

    private static final List<Example> EXAMPLES =
            List.of(
                    new Example(
                            "drive forward",
                            "[{\"do\":\"ask\",\"question\":\"how far?\"}]",
                            Set.of("drive")),
                    new Example(
                            "what is the capital of France?",
                            "[{\"do\":\"refuse\",\"reason\":\"that is not an order\"}]",
                            Set.of()),
                    new Example(
                            "go two meters",
                            "[{\"do\":\"drive\",\"distance\":2}]",
                            Set.of("drive")),
                    new Example(
                            "back up 50 cm then turn right",
                            "[{\"do\":\"drive\",\"distance\":-0.5},{\"do\":\"turn\",\"angle\":-90}]",
                            Set.of("drive", "turn")),
                    new Example(
                            "gira 45 grados a la izquierda",
                            "[{\"do\":\"turn\",\"angle\":45}]",
                            Set.of("turn")),
                    new Example("go home and charge", "[{\"do\":\"dock\"}]", Set.of("dock")),
                    new Example(
                            "wait 5 seconds, then say hello",
                            "[{\"do\":\"wait\",\"seconds\":5},{\"do\":\"say\",\"text\":\"hello\"}]",
                            Set.of("wait", "say")),
                    new Example(
                            "look around and if you see a dog, say hello",
                            "[{\"do\":\"look\"},{\"do\":\"say\",\"text\":\"hello\",\"if\":{\"found\":\"dog\"}}]",
                            Set.of("look", "say")),
                    new Example("stop right there", "[{\"do\":\"stop\"}]", Set.of("stop")));

    private Prompt() {}

    /** A text to be completed by a local model; it ends where the plan goes on. */
    static String completion(Question question) {
        Set<String> verbs =
                question.capabilities().stream().map(Capability::verb).collect(Collectors.toSet());
        StringBuilder prompt = new StringBuilder("Can:\n");
        question.capabilities().forEach(c -> prompt.append(signature(c)).append('\n'));
        prompt.append("ask(question text)\nrefuse(reason text)\nSense: battery %\n");
        EXAMPLES.stream()
                .filter(e -> verbs.containsAll(e.verbs()))
                .forEach(e -> turn(prompt, e.said()).append(' ').append(e.plan()).append('\n'));
        turn(prompt, withObjection(question)).append(' ');
        return prompt.append(begun(question.already())).toString();
    }

    /** What a cloud model is told of its part. */
    static String instructions(Question question) {
        String verbs =
                question.capabilities().stream()
                        .map(c -> "- " + signature(c) + ": " + c.description())
                        .collect(Collectors.joining("\n"));
        String places =
                question.places().stream()
                        .map(p -> p.name() + aliases(p))
                        .collect(Collectors.joining(", "));
        return """
        You plan for a mobile robot. Answer with one JSON object {"plan":[…]} and nothing else. Each
        action names a verb in "do" and gives every parameter of that verb:
        """
                + verbs
                + """

                - ask(question text): something is missing or unclear
                - refuse(reason text): it cannot be done, or is not an order
                Distances are in metres, forward positive. Angles are in degrees, left positive. "turn left" \
                alone is 90. Convert units. Never invent a distance: ask. A question or small talk moves \
                nothing. An action may carry "if":{"battery":{"below":30}} or "above", in percent%s.
                """
                        .formatted(
                                observes(question)
                                        ? ", and behind one that finds something out \"if\":{\"found\":\"cup\"} or \"not_found\", with things seen named in English"
                                        : "")
                + (places.isEmpty() ? "" : "Places: " + places + "\n");
    }

    /** The sender's words, and what is decided already. */
    static String request(Question question) {
        return question.already().isEmpty()
                ? withObjection(question)
                : withObjection(question)
                        + "\nAlready decided, not to be repeated: "
                        + array(question.already())
                        + "\nGive only the actions that follow.";
    }

    /** The JSON schema of the answer, for models that can be held to one. */
    static ObjectNode schema(List<Capability> capabilities) {
        ObjectNode schema = PlanJson.MAPPER.createObjectNode().put("type", "object");
        ObjectNode plan = schema.putObject("properties").putObject("plan").put("type", "array");
        ArrayNode actions = plan.putObject("items").putArray("anyOf");
        capabilities.forEach(c -> actions.add(schema(c)));
        actions.add(words("ask", "question"));
        actions.add(words("refuse", "reason"));
        schema.putArray("required").add("plan");
        return schema.put("additionalProperties", false);
    }

    /** What the words speak of, so that an action may sensibly depend on it. */
    static Set<Dependence> conditions(Question question) {
        String plain = question.text().toLowerCase(Locale.ROOT);
        Set<Dependence> conditions = EnumSet.noneOf(Dependence.class);
        if (plain.matches("(?s).*(batter|bater|charge|carga).*")) {
            conditions.add(Dependence.BATTERY);
        }
        if (observes(question)
                && plain.matches("(?s).*\\b(if|unless|otherwise|else|si|cuando|when)\\b.*")) {
            conditions.add(Dependence.FINDING);
        }
        return conditions;
    }

    private static boolean observes(Question question) {
        return question.capabilities().stream().anyMatch(Capability::observes);
    }

    private static StringBuilder turn(StringBuilder prompt, String said) {
        return prompt.append("User: ").append(said).append("\nPlan:");
    }

    private static String withObjection(Question question) {
        String said = question.text().replaceAll("\\s+", " ").strip();
        return question.objection().isEmpty()
                ? said
                : said + " (your last plan was refused: " + question.objection() + ")";
    }

    private static String begun(List<Action> already) {
        String array = array(already);
        return already.isEmpty() ? "" : array.substring(0, array.length() - 1);
    }

    private static String array(List<Action> actions) {
        return actions.stream()
                .map(a -> PlanJson.json(a).toString())
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String signature(Capability capability) {
        List<String> parameters = new ArrayList<>();
        capability.parameters().forEach((name, p) -> parameters.add(name + " " + kind(p)));
        return capability.verb() + "(" + String.join(", ", parameters) + ")";
    }

    private static String kind(Parameter parameter) {
        return switch (parameter) {
            case Parameter.Range range -> range.unit().symbol();
            case Parameter.Choice(List<String> choices) -> String.join("|", choices);
            case Parameter.FreeText text -> "text";
        };
    }

    private static String aliases(Place place) {
        return place.aliases().isEmpty() ? "" : " (" + String.join(", ", place.aliases()) + ")";
    }

    private static ObjectNode schema(Capability capability) {
        ObjectNode action = action(capability.verb());
        ObjectNode properties = (ObjectNode) action.get("properties");
        ArrayNode required = (ArrayNode) action.get("required");
        capability
                .parameters()
                .forEach((name, parameter) -> {
                    properties.set(name, schema(parameter));
                    required.add(name);
                });
        properties.putObject("if").put("type", "object");
        return action;
    }

    private static ObjectNode schema(Parameter parameter) {
        ObjectNode schema = PlanJson.MAPPER.createObjectNode();
        return switch (parameter) {
            case Parameter.Range range ->
                    schema.put("type", "number")
                            .put("minimum", range.min())
                            .put("maximum", range.max());
            case Parameter.Choice(List<String> choices) -> {
                choices.forEach(schema.put("type", "string").putArray("enum")::add);
                yield schema;
            }
            case Parameter.FreeText(int maxLength) ->
                    schema.put("type", "string").put("maxLength", maxLength);
        };
    }

    private static ObjectNode words(String verb, String parameter) {
        ObjectNode action = action(verb);
        ((ObjectNode) action.get("properties")).putObject(parameter).put("type", "string");
        ((ArrayNode) action.get("required")).add(parameter);
        return action;
    }

    private static ObjectNode action(String verb) {
        ObjectNode action = PlanJson.MAPPER.createObjectNode().put("type", "object");
        action.putObject("properties").putObject("do").put("const", verb);
        action.putArray("required").add("do");
        return action.put("additionalProperties", false);
    }
}
