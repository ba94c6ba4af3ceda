package dev.outrider.reason;

import dev.outrider.kernel.Reasoner.Question;
import dev.outrider.kernel.Reasoner.Thought;
import dev.outrider.kernel.ReasoningFailure;
import dev.outrider.model.Action;
import dev.outrider.model.Capability;
import dev.outrider.model.Condition;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Parameter;
import dev.outrider.model.Place;
import dev.outrider.model.Plan;
import dev.outrider.model.Problem;
import dev.outrider.model.Value;
import dev.outrider.reason.language.Language;
import dev.outrider.reason.language.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The one form Scout is trained for and asked in: capabilities one a line, the instruction in
 * normal form, and a terse plan.
 *
 * <pre>
 * Can:
 * drive(distance m): drives straight, back is negative
 * goto(place kitchen|office): goes to a known place
 * Sense: battery %
 * User: if the battery is below 30% go to the kitchen, otherwise back up 2 m
 * Plan: goto kitchen if battery&lt;30; drive -2 if battery&gt;30
 * </pre>
 *
 * <p>A plan may also be {@code ask} or {@code refuse}. What training makes of a capability list is
 * in {@code ai-engine/scout/gen.py}; the two must write the same.
 */
final class ScoutForm implements PlanForm {

    /** SmolLM2's token for the beginning, which its file does not tell the library to add. */
    private static final String BEGINNING = "<|im_start|>";

    private static final int MAX_MORE_ACTIONS = 11;
    private static final int MAX_TEXT = 120;
    private static final int MAX_CHARACTERS = 4096;
    private static final Pattern OF_CHARGE =
            Pattern.compile("batter|bater|charge|carga|pila|power|energ|juice|%");
    private static final Pattern CONDITION = Pattern.compile(" if battery([<>])(\\d{1,3})$");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?");

    @Override
    public String prompt(Question question) {
        String already = terse(question);
        return BEGINNING
                + prefix(question.capabilities())
                + "User: "
                + said(question)
                + "\nPlan:"
                + (already.isEmpty() ? "" : " " + already);
    }

    /**
     * The words in normal form, places and verbs by their names instead of their aliases; no text
     * of a special token is in it.
     */
    private static String said(Question question) {
        String normal =
                Normalizer.of(question.capabilities(), question.places()).normal(question.text());
        for (Place place : question.places()) {
            for (String alias : place.aliases()) {
                normal = named(normal, alias, place.name());
            }
        }
        for (Capability capability : question.capabilities()) {
            for (String alias : capability.aliases()) {
                normal = named(normal, alias, capability.verb());
            }
        }
        return normal.replace("<|", "< |").replaceAll("\\s+", " ").strip();
    }

    private static String named(String text, String alias, String name) {
        return Pattern.compile(
                        "(?<![\\p{L}\\p{N}])" + Pattern.quote(alias) + "(?![\\p{L}\\p{N}])",
                        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(text)
                .replaceAll(Matcher.quoteReplacement(name));
    }

    /** The part of the prompt that is the same for everything this robot is told. */
    static String prefix(List<Capability> capabilities) {
        return capabilities.stream()
                .map(c -> line(c) + "\n")
                .collect(Collectors.joining("", "Can:\n", "Sense: battery %\n"));
    }

    private static String line(Capability capability) {
        String parameters =
                capability.parameters().entrySet().stream()
                        .map(p -> p.getKey() + kind(p.getValue()))
                        .collect(Collectors.joining(", "));
        return capability.verb()
                + (parameters.isEmpty() ? "" : "(" + parameters + ")")
                + (capability.description().isEmpty() ? "" : ": " + capability.description());
    }

    private static String kind(Parameter parameter) {
        return switch (parameter) {
            case Parameter.Range range ->
                    range.unit().symbol().isEmpty() ? "" : " " + range.unit().symbol();
            case Parameter.Choice(List<String> choices) -> " " + String.join("|", choices);
            case Parameter.FreeText text -> " text";
        };
    }

    // ------------------------------------------------------------------------------- grammar

    @Override
    public String grammar(Question question) {
        List<Capability> capabilities = question.capabilities();
        String more = "(\"; \" action){0," + MAX_MORE_ACTIONS + "}";
        String condition = OF_CHARGE.matcher(question.text()).find() ? " cond?" : "";
        StringBuilder gbnf = new StringBuilder("root ::= ");
        gbnf.append(
                question.already().isEmpty()
                        ? "\" \" (action " + more + " | \"ask\" | \"refuse\")\n"
                        : more + "\n");
        gbnf.append("action ::= (");
        gbnf.append(
                IntStream.range(0, capabilities.size())
                        .mapToObj(i -> "act" + i)
                        .collect(Collectors.joining(" | ")));
        gbnf.append(")").append(condition).append('\n');
        for (int i = 0; i < capabilities.size(); i++) {
            gbnf.append("act")
                    .append(i)
                    .append(" ::= ")
                    .append(literal(capabilities.get(i).verb()));
            capabilities.get(i).parameters().values().forEach(p -> gbnf.append(value(p)));
            gbnf.append('\n');
        }
        return gbnf.append("number ::= [0-9]{1,6} (\".\" [0-9]{1,4})?\n")
                .append("text ::= \"\\\"\" [^\"\\\\\\x00-\\x1F]{1,")
                .append(MAX_TEXT)
                .append("} \"\\\"\"\n")
                .append("cond ::= \" if battery\" [<>] (\"100\" | [0-9]{1,2})\n")
                .toString();
    }

    private static String value(Parameter parameter) {
        return " \" \" "
                + switch (parameter) {
                    case Parameter.Range range -> range.min() < 0 ? "\"-\"? number" : "number";
                    case Parameter.FreeText text -> "text";
                    case Parameter.Choice(List<String> choices) ->
                            choices.stream()
                                    .map(ScoutForm::literal)
                                    .collect(Collectors.joining(" | ", "(", ")"));
                };
    }

    private static String literal(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    // ------------------------------------------------------------------------- written plans

    private static String terse(Question question) {
        return question.already().stream().map(ScoutForm::terse).collect(Collectors.joining("; "));
    }

    private static String terse(Action action) {
        StringBuilder text = new StringBuilder(action.verb());
        action.arguments().values().forEach(v -> text.append(' ').append(terse(v)));
        switch (action.condition()) {
            case Condition.Always() -> {}
            case Condition.BatteryBelow(double percent) ->
                    text.append(" if battery<").append(Math.round(percent));
            case Condition.BatteryAbove(double percent) ->
                    text.append(" if battery>").append(Math.round(percent));
            case Condition.Found(String words) -> text.append(" if found ").append(words);
            case Condition.NotFound(String words) -> text.append(" if not found ").append(words);
        }
        return text.toString();
    }

    private static String terse(Value value) {
        return switch (value) {
            case Value.Quantity number -> number.toString();
            case Value.Text(String text) -> text;
            case Value.Unsupported(String kind) -> kind;
        };
    }

    @Override
    public Reader reader(Question question, Consumer<Action> decided) {
        return new TerseReader(question, decided);
    }

    /** Reads actions between semicolons, and hands each on when the next begins. */
    private static final class TerseReader implements Reader {

        private final Map<String, Capability> byVerb = new LinkedHashMap<>();
        private final String said;
        private final Consumer<Action> decided;
        private final List<Action> actions = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private int seen;
        private boolean inQuotes;

        TerseReader(Question question, Consumer<Action> decided) {
            question.capabilities().forEach(c -> byVerb.put(c.verb(), c));
            this.said = question.text();
            this.decided = decided;
        }

        @Override
        public void feed(String piece) {
            seen += piece.length();
            if (seen > MAX_CHARACTERS) {
                throw ReasoningFailure.unreadable(
                        "it wrote more than " + MAX_CHARACTERS + " characters");
            }
            for (int i = 0; i < piece.length(); i++) {
                char c = piece.charAt(i);
                inQuotes ^= c == '"';
                if (c == ';' && !inQuotes) {
                    finish();
                } else {
                    text.append(c);
                }
            }
        }

        @Override
        public boolean complete() {
            return false;
        }

        @Override
        public Thought thought() {
            String last = text.toString().strip();
            if (last.equals("ask")) {
                return new Thought.Asks(
                        inSpanish() ? "¿qué debo hacer exactamente?" : "what exactly should I do?");
            }
            if (last.equals("refuse")) {
                return new Thought.Declines(
                        new Problem(
                                ErrorCode.NOT_UNDERSTOOD,
                                inSpanish()
                                        ? "esa no es una orden que yo pueda cumplir"
                                        : "that is no order I can carry out"));
            }
            if (!last.isEmpty()) {
                finish();
            }
            if (actions.isEmpty()) {
                throw ReasoningFailure.unreadable("it wrote no plan");
            }
            return new Thought.Planned(new Plan(actions));
        }

        private boolean inSpanish() {
            return Telling.language(said) == Language.ES;
        }

        private void finish() {
            String written = text.toString().strip();
            text.setLength(0);
            if (!written.isEmpty()) {
                Action action = action(written);
                actions.add(action);
                decided.accept(action);
            }
        }

        private Action action(String written) {
            Condition condition = new Condition.Always();
            String rest = written;
            Matcher matcher = CONDITION.matcher(written);
            if (matcher.find()) {
                double percent = Double.parseDouble(matcher.group(2));
                condition =
                        matcher.group(1).equals("<")
                                ? new Condition.BatteryBelow(percent)
                                : new Condition.BatteryAbove(percent);
                rest = written.substring(0, matcher.start());
            }
            int space = rest.indexOf(' ');
            String verb = space < 0 ? rest : rest.substring(0, space);
            Capability capability = byVerb.get(verb);
            if (capability == null) {
                throw ReasoningFailure.unreadable("it wrote \"" + verb + "\", which is no verb");
            }
            return new Action(
                    verb, arguments(capability, rest.substring(verb.length())), condition);
        }

        private static Map<String, Value> arguments(Capability capability, String written) {
            Map<String, Value> arguments = new LinkedHashMap<>();
            String rest = written;
            for (Map.Entry<String, Parameter> parameter : capability.parameters().entrySet()) {
                String value = next(parameter.getValue(), rest.stripLeading());
                if (value.isEmpty()) {
                    throw ReasoningFailure.unreadable(
                            "it gave no " + parameter.getKey() + " to " + capability.verb());
                }
                rest = rest.stripLeading().substring(value.length());
                arguments.put(parameter.getKey(), value(parameter.getValue(), value));
            }
            return arguments;
        }

        private static String next(Parameter parameter, String rest) {
            return switch (parameter) {
                case Parameter.Range range -> {
                    Matcher number = NUMBER.matcher(rest);
                    yield number.lookingAt() ? number.group() : "";
                }
                case Parameter.Choice(List<String> choices) ->
                        choices.stream()
                                .filter(rest::startsWith)
                                .max((a, b) -> a.length() - b.length())
                                .orElse("");
                case Parameter.FreeText text -> {
                    int end = rest.indexOf('"', 1);
                    yield rest.startsWith("\"") && end > 0 ? rest.substring(0, end + 1) : "";
                }
            };
        }

        private static Value value(Parameter parameter, String written) {
            return switch (parameter) {
                case Parameter.Range range -> new Value.Quantity(Double.parseDouble(written));
                case Parameter.Choice choice -> new Value.Text(written);
                case Parameter.FreeText text ->
                        new Value.Text(written.substring(1, written.length() - 1).strip());
            };
        }
    }
}
