package dev.outrider.reason;

import dev.outrider.model.Capability;
import dev.outrider.model.Parameter;
import java.util.List;
import java.util.StringJoiner;

/**
 * The GBNF grammar of the plans a robot with these capabilities can be given, so that a local model
 * can say nothing else. Ranges are the gate's business.
 */
final class PlanGrammar {

    private static final int MAX_MORE_ACTIONS = 7;
    private static final int MAX_TEXT = 120;

    private PlanGrammar() {}

    /**
     * The grammar.
     *
     * @param continues whether the plan's first actions are written already, without the bracket
     *     that ends it
     * @param conditions whether an action may carry a condition on the battery
     */
    static String of(List<Capability> capabilities, boolean continues, boolean conditions) {
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
        if (conditions) {
            gbnf.append("cond ::= (")
                    .append(literal(",\"if\":{\"battery\":{"))
                    .append(" (")
                    .append(literal("\"below\":"))
                    .append(" | ")
                    .append(literal("\"above\":"))
                    .append(") (\"100\" | [0-9]{1,2}) \"}}\")?\n");
        }
        return gbnf.toString();
    }

    private static String rule(Capability capability, boolean conditions) {
        StringBuilder rule = new StringBuilder(literal("{\"do\":\"" + capability.verb() + "\""));
        capability
                .parameters()
                .forEach((name, parameter) ->
                        rule.append(' ')
                                .append(literal(",\"" + name + "\":"))
                                .append(' ')
                                .append(value(parameter)));
        return rule.append(conditions ? " cond" : "").append(" \"}\"\n").toString();
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
