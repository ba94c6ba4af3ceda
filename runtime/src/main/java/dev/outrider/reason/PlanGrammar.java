package dev.outrider.reason;

import dev.outrider.model.Capability;
import dev.outrider.model.Parameter;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * The GBNF grammar of the plans a robot with these capabilities can be given, so that a local model
 * can say nothing else. Ranges are the gate's business.
 */
final class PlanGrammar {

    private static final int MAX_MORE_ACTIONS = 7;
    private static final int MAX_TEXT = 120;
    private static final int MAX_THING = 40;

    private PlanGrammar() {}

    /** What an action may depend on. */
    enum Dependence {
        /** The battery's charge. */
        BATTERY,
        /** What an action before it found out. */
        FINDING
    }

    /**
     * The grammar.
     *
     * @param continues whether the plan's first actions are written already, without the bracket
     *     that ends it
     * @param conditions what an action may depend on
     */
    static String of(List<Capability> capabilities, boolean continues, Set<Dependence> conditions) {
        StringBuilder gbnf = new StringBuilder();
        String more = "(\",\" action){0," + MAX_MORE_ACTIONS + "} \"]\"";
        gbnf.append("root ::= ")
                .append(continues ? more : "\"[\" (action " + more + " | (ask | refuse) \"]\")")
                .append('\n');
        StringJoiner alternatives = new StringJoiner(" | ");
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < capabilities.size(); i++) {
            alternatives.add("act" + i);
            rules.append("act")
                    .append(i)
                    .append(" ::= ")
                    .append(rule(capabilities.get(i), conditions));
        }
        gbnf.append("action ::= ").append(alternatives).append('\n').append(rules);
        gbnf.append("ask ::= ")
                .append(literal("{\"do\":\"ask\",\"question\":"))
                .append(" text \"}\"\n");
        gbnf.append("refuse ::= ")
                .append(literal("{\"do\":\"refuse\",\"reason\":"))
                .append(" text \"}\"\n");
        gbnf.append("number ::= \"-\"? [0-9]{1,4} (\".\" [0-9]{1,3})?\n");
        gbnf.append("text ::= \"\\\"\" [^\"\\\\\\x00-\\x1F]{1,")
                .append(MAX_TEXT)
                .append("} \"\\\"\"\n");
        if (conditions.contains(Dependence.FINDING)) {
            gbnf.append("thing ::= \"\\\"\" [a-zA-Z0-9À-ÿ] [^\"\\\\\\x00-\\x1F]{0,")
                    .append(MAX_THING)
                    .append("} \"\\\"\"\n");
        }
        if (!conditions.isEmpty()) {
            String kinds =
                    conditions.stream()
                            .sorted()
                            .map(PlanGrammar::condition)
                            .collect(Collectors.joining(" | "));
            gbnf.append("cond ::= (")
                    .append(literal(",\"if\":{"))
                    .append(" (")
                    .append(kinds)
                    .append(") \"}\")?\n");
        }
        return gbnf.toString();
    }

    private static String condition(Dependence on) {
        return switch (on) {
            case BATTERY ->
                    "%s (%s | %s) (\"100\" | [0-9]{1,2}) \"}\""
                            .formatted(
                                    literal("\"battery\":{"),
                                    literal("\"below\":"),
                                    literal("\"above\":"));
            case FINDING ->
                    "(%s | %s) thing".formatted(literal("\"found\":"), literal("\"not_found\":"));
        };
    }

    private static String rule(Capability capability, Set<Dependence> conditions) {
        StringBuilder rule = new StringBuilder(literal("{\"do\":\"" + capability.verb() + "\""));
        capability
                .parameters()
                .forEach((name, parameter) ->
                        rule.append(' ')
                                .append(literal(",\"" + name + "\":"))
                                .append(' ')
                                .append(value(parameter)));
        return rule.append(conditions.isEmpty() ? "" : " cond").append(" \"}\"\n").toString();
    }

    private static String value(Parameter parameter) {
        return switch (parameter) {
            case Parameter.Range range -> "number";
            case Parameter.FreeText text -> "text";
            case Parameter.Choice(List<String> choices) -> {
                StringJoiner alternatives = new StringJoiner(" | ", "(", ")");
                choices.forEach(c -> alternatives.add(literal("\"" + c + "\"")));
                yield alternatives.toString();
            }
        };
    }

    /** A GBNF string literal of that text. */
    private static String literal(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
