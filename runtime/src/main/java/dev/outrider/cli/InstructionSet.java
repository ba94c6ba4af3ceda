package dev.outrider.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.codec.MalformedJson;
import dev.outrider.codec.PlanJson;
import dev.outrider.kernel.Reasoner.Thought;
import dev.outrider.kernel.SafetyGate;
import dev.outrider.model.Action;
import dev.outrider.model.BodyState;
import dev.outrider.model.Capability;
import dev.outrider.model.Condition;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Parameter;
import dev.outrider.model.Place;
import dev.outrider.model.Plan;
import dev.outrider.model.Problem;
import dev.outrider.model.Unit;
import dev.outrider.model.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sentences with the plans that are right for them, one JSON object a line:
 *
 * <pre>
 * {"id":…,"lang":"en|es","category":…,"capabilities":[{"verb":"drive","param":"distance","kind":"m",
 *  "unit":"m","min":-10,"max":10,"choices":null,"desc":""},…],"instruction":…,"expect":[plan,…]}
 * </pre>
 *
 * A plan is as on the wire, or one {@code ask} or {@code refuse} alone; {@code "*"} is any text.
 */
record InstructionSet(List<Item> items) {

    private static final int MAX_TEXT = 200;
    private static final double TOLERANCE = 0.01;
    private static final Set<String> DECLINES = Set.of("ask", "refuse");
    private static final SafetyGate GATE = new SafetyGate();

    /** No robot stands behind a set; this one could do whatever is asked. */
    static final BodyState AT_REST =
            new BodyState(
                    new BodyState.Pose(0, 0, 0),
                    new BodyState.Battery(OptionalDouble.of(1), false),
                    false);

    /** One sentence for one robot. */
    record Item(
            String language,
            String category,
            List<Capability> capabilities,
            String instruction,
            List<List<Wanted>> expect) {

        List<Place> places() {
            return capabilities.stream()
                    .filter(c -> c.verb().equals("goto"))
                    .flatMap(c -> c.parameters().values().stream())
                    .flatMap(p ->
                            p instanceof Parameter.Choice(List<String> choices)
                                    ? choices.stream()
                                    : Stream.of())
                    .map(name -> new Place(name, List.of()))
                    .toList();
        }

        /** Whether something has to be done at all. */
        boolean wantsAction() {
            return expect.stream().noneMatch(plan -> declines(plan));
        }

        private static boolean declines(List<Wanted> plan) {
            return plan.size() == 1 && DECLINES.contains(plan.getFirst().verb());
        }

        /** What becomes of a thought at the gate: a value out of its limits is a refusal. */
        Thought gated(Thought thought) {
            return thought instanceof Thought.Planned(Plan plan, double sure)
                            && GATE.check(plan, capabilities, AT_REST)
                                    instanceof SafetyGate.Verdict.Refused(Problem problem)
                    ? new Thought.Declines(problem)
                    : thought;
        }

        /** Whether a thought that passed the gate is one of those that are right. */
        boolean isRight(Thought gated) {
            return switch (gated) {
                case Thought.Asks asks -> wants("ask");
                case Thought.Declines declines -> wants("refuse");
                case Thought.Planned(Plan plan, double sure) ->
                        expect.stream().anyMatch(wanted -> same(plan.actions(), wanted));
            };
        }

        private boolean wants(String verb) {
            return expect.stream().anyMatch(p -> p.size() == 1 && p.getFirst().verb().equals(verb));
        }

        /** Whether a thought that passed the gate is a plan the robot could be given, or none. */
        boolean isValid(Thought gated) {
            return !(gated instanceof Thought.Declines(Problem problem))
                    || problem.code() == ErrorCode.NOT_UNDERSTOOD
                    || problem.code() == ErrorCode.PARAMETER_OUT_OF_RANGE;
        }

        private boolean same(List<Action> said, List<Wanted> wanted) {
            if (said.size() != wanted.size()) {
                return false;
            }
            for (int i = 0; i < said.size(); i++) {
                if (!wanted.get(i).is(said.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** An action as a set expects it. */
    record Wanted(String verb, Map<String, JsonNode> arguments, Condition condition) {

        boolean is(Action action) {
            return action.verb().equals(verb)
                    && action.condition().equals(condition)
                    && action.arguments().keySet().equals(arguments.keySet())
                    && arguments.entrySet().stream()
                            .allMatch(e -> is(action.arguments().get(e.getKey()), e.getValue()));
        }

        private static boolean is(@Nullable Value said, JsonNode wanted) {
            if (wanted.isTextual() && wanted.textValue().equals("*")) {
                return true;
            }
            return switch (said) {
                case Value.Quantity(double number) ->
                        wanted.isNumber() && near(number, wanted.doubleValue());
                case Value.Text(String text) ->
                        wanted.isTextual() && spoken(text).equals(spoken(wanted.textValue()));
                case Value.Unsupported unsupported -> false;
                case null -> false;
            };
        }

        private static boolean near(double said, double wanted) {
            return Math.abs(said - wanted) <= TOLERANCE * Math.abs(wanted) + 1e-9;
        }

        /** Without case and outer punctuation. */
        private static String spoken(String text) {
            return text.toLowerCase(Locale.ROOT)
                    .replaceAll("^[\\p{P}\\s]+|[\\p{P}\\s]+$", "")
                    .replaceAll("\\s+", " ");
        }
    }

    /**
     * Reads a set.
     *
     * @param name for people
     * @throws CommandFailure naming the line that cannot be read
     */
    static InstructionSet read(String name, BufferedReader lines) {
        List<Item> items = new ArrayList<>();
        int number = 0;
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    items.add(item(PlanJson.MAPPER.readTree(line)));
                }
            }
        } catch (IOException | MalformedJson | IllegalArgumentException e) {
            throw new CommandFailure(
                    name
                            + ", line "
                            + number
                            + ", is no instruction with its plans: "
                            + e.getMessage());
        }
        if (items.isEmpty()) {
            throw new CommandFailure(name + " holds no instruction");
        }
        return new InstructionSet(List.copyOf(items));
    }

    private static Item item(JsonNode json) throws MalformedJson {
        List<Capability> capabilities = new ArrayList<>();
        for (JsonNode capability : json.path("capabilities")) {
            capabilities.add(capability(capability));
        }
        List<List<Wanted>> expect = new ArrayList<>();
        for (JsonNode plan : json.path("expect")) {
            List<Wanted> actions = new ArrayList<>();
            for (JsonNode action : plan) {
                actions.add(wanted(action));
            }
            expect.add(actions);
        }
        String instruction = json.path("instruction").asText();
        if (capabilities.isEmpty() || expect.isEmpty() || instruction.isBlank()) {
            throw new MalformedJson("it needs capabilities, an instruction and expect");
        }
        return new Item(
                json.path("lang").asText("en"),
                json.path("category").asText("all"),
                capabilities,
                instruction,
                expect);
    }

    private static Wanted wanted(JsonNode action) throws MalformedJson {
        Map<String, JsonNode> arguments = new LinkedHashMap<>();
        action.properties().stream()
                .filter(e -> !e.getKey().equals("do") && !e.getKey().equals("if"))
                .forEach(e -> arguments.put(e.getKey(), e.getValue()));
        String verb = action.path("do").asText();
        if (DECLINES.contains(verb)) {
            arguments.clear();
        }
        return new Wanted(verb, arguments, PlanJson.action(action).condition());
    }

    private static Capability capability(JsonNode json) throws MalformedJson {
        String name = json.path("param").asText("");
        Map<String, Parameter> parameters =
                json.path("param").isNull() || name.isEmpty()
                        ? Map.of()
                        : Map.of(name, parameter(json));
        return new Capability(
                json.path("verb").asText(), json.path("desc").asText(""), parameters, Set.of());
    }

    private static Parameter parameter(JsonNode json) throws MalformedJson {
        if (json.path("choices").isArray()) {
            List<String> choices = new ArrayList<>();
            json.path("choices").forEach(c -> choices.add(c.asText()));
            return new Parameter.Choice(choices);
        }
        String kind = json.path("kind").asText();
        if (kind.equals("text")) {
            return new Parameter.FreeText(MAX_TEXT);
        }
        String symbol = json.path("unit").isTextual() ? json.path("unit").asText() : usual(kind);
        Unit unit =
                Unit.ofSymbol(symbol)
                        .orElseThrow(() -> new MalformedJson("there is no unit " + symbol));
        double most = unit == Unit.COUNT ? 1e6 : Double.MAX_VALUE;
        return new Parameter.Range(
                unit, json.path("min").asDouble(-most), json.path("max").asDouble(most));
    }

    private static String usual(String kind) {
        return kind.equals("n") ? "" : kind;
    }
}
