package dev.outrider.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.Map;
import java.util.StringJoiner;

/** An outcome for people to read. */
record OutcomeText(JsonNode outcome) {

    void print(PrintStream out) {
        out.println(outcome.path("outcome").asText() + reason());
        row(out, "understood", plan(outcome.path("plan")));
        row(out, "says", outcome.path("says").asText(""));
        for (JsonNode action : outcome.path("actions")) {
            String how = action.path("outcome").asText();
            if (!how.equals("done")) {
                row(out, how, action(action));
            }
        }
        JsonNode decision = outcome.path("decidedBy");
        if (decision.isObject()) {
            row(out, "decided by", decider(decision) + ": " + decision.path("reason").asText());
            row(out, "degraded", list(decision.path("degraded")));
        }
    }

    private String reason() {
        JsonNode error = outcome.path("error");
        if (error.isObject()) {
            String rule = error.path("rule").asText("");
            return " ("
                    + error.path("code").asText()
                    + "): "
                    + error.path("message").asText()
                    + (rule.isEmpty() ? "" : " [rule: " + rule + "]");
        }
        String reason = outcome.path("reason").asText("");
        return reason.isEmpty() ? "" : ": " + reason;
    }

    private static String decider(JsonNode decision) {
        String model = decision.path("model").asText("");
        String agreement = decision.path("agreement").asText("");
        return decision.path("rung").asText()
                + (model.isEmpty() ? "" : " (" + model + ")")
                + (agreement.isEmpty() ? "" : ", " + agreed(decision, agreement));
    }

    private static String agreed(JsonNode decision, String agreement) {
        String how =
                switch (agreement) {
                    case "both" -> "rules and model agreed";
                    case "parser" -> "by the rules";
                    case "model" -> "by the model";
                    default -> "you said yes";
                };
        JsonNode sure = decision.path("sure");
        return sure.isNumber() ? how + ", " + Math.round(sure.asDouble() * 100) + " % sure" : how;
    }

    private static String plan(JsonNode plan) {
        StringJoiner text = new StringJoiner(", then ");
        plan.forEach(a -> text.add(action(a)));
        return text.toString();
    }

    private static String action(JsonNode action) {
        StringJoiner text = new StringJoiner(" ");
        for (Map.Entry<String, JsonNode> field : action.properties()) {
            switch (field.getKey()) {
                case "outcome", "detail", "found" -> {}
                case "do" -> text.add(field.getValue().asText());
                default -> text.add(field.getKey() + "=" + value(field.getValue()));
            }
        }
        return text.toString();
    }

    private static String value(JsonNode value) {
        return value.isTextual() ? value.asText() : value.toString();
    }

    private static String list(JsonNode array) {
        StringJoiner text = new StringJoiner(", ");
        array.forEach(e -> text.add(e.asText()));
        return text.toString();
    }

    private static void row(PrintStream out, String name, String text) {
        if (!text.isEmpty()) {
            out.printf("  %-10s %s%n", name, text);
        }
    }
}
