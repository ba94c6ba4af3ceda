package dev.outrider.codec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.model.ActionResult;
import dev.outrider.model.Answer;
import dev.outrider.model.CommandId;
import dev.outrider.model.Outcome;
import dev.outrider.model.Plan;
import dev.outrider.model.Problem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What clients are told about their requests, as JSON. */
public final class AnswerJson {

    private AnswerJson() {}

    /** {@code {"id":"c-17","type":"accepted"}}. */
    public static ObjectNode accepted(CommandId id) {
        return message(id, "accepted");
    }

    /** {@code {"id":"c-17","type":"progress","action":0,"of":2,"do":"drive","fraction":0.4}}. */
    public static ObjectNode progress(
            CommandId id, int action, int of, String verb, double fraction) {
        return message(id, "progress")
                .put("action", action)
                .put("of", of)
                .put("do", verb)
                .put("fraction", fraction);
    }

    /** {@code {"id":"c-17","type":"question","question":"drive forward 2 m?","plan":[…]}}. */
    public static ObjectNode question(CommandId id, String question, Plan plan) {
        ObjectNode object = message(id, "question").put("question", question);
        object.set("plan", PlanJson.json(plan));
        return object;
    }

    /** The outcome of a command: what was understood, what became of it, and who decided. */
    public static ObjectNode outcome(Answer answer) {
        ObjectNode object = message(answer.id(), "outcome");
        object.put("outcome", answer.outcome().wireName());
        object.set("plan", PlanJson.json(answer.plan()));
        ArrayNode actions = object.putArray("actions");
        answer.actions().forEach(result -> actions.add(json(result)));
        if (!answer.says().isEmpty()) {
            object.put("says", answer.says());
        }
        if (answer.decidedBy() != null) {
            object.set("decidedBy", DecisionJson.json(answer.decidedBy()));
        }
        problem(answer.outcome()).ifPresent(problem -> object.set("error", json(problem)));
        reason(answer.outcome()).ifPresent(reason -> object.put("reason", reason));
        return object;
    }

    /**
     * The outcome of a request that could not be taken.
     *
     * @param id the request's, or null if it had none that can be read
     */
    public static ObjectNode refused(@Nullable CommandId id, Problem problem) {
        ObjectNode object = message(id, "outcome").put("outcome", "refused");
        object.set("error", json(problem));
        return object;
    }

    /** An action with its {@code outcome}, a {@code detail} if there is one, and what it found. */
    public static ObjectNode json(ActionResult result) {
        ObjectNode object = PlanJson.json(result.action());
        object.put("outcome", result.kind().wireName());
        if (!result.detail().isEmpty()) {
            object.put("detail", result.detail());
        }
        if (result.found() != null) {
            object.setAll(ObservationJson.json(result.found()));
        }
        return object;
    }

    /** {@code {"code":"gate_refused","rule":"…","message":"…"}}, without an empty rule. */
    public static ObjectNode json(Problem problem) {
        ObjectNode object =
                PlanJson.MAPPER.createObjectNode().put("code", problem.code().wireName());
        if (!problem.rule().isEmpty()) {
            object.put("rule", problem.rule());
        }
        return object.put("message", problem.message());
    }

    private static ObjectNode message(@Nullable CommandId id, String type) {
        ObjectNode object = PlanJson.MAPPER.createObjectNode();
        if (id != null) {
            object.put("id", id.value());
        }
        return object.put("type", type);
    }

    private static Optional<Problem> problem(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done() -> Optional.empty();
            case Outcome.Planned() -> Optional.empty();
            case Outcome.Refused(Problem problem) -> Optional.of(problem);
            case Outcome.Failed(Problem problem) -> Optional.of(problem);
            case Outcome.Expired(Problem problem) -> Optional.of(problem);
            case Outcome.Cancelled(String reason) -> Optional.empty();
            case Outcome.Uncertain(String reason) -> Optional.empty();
        };
    }

    private static Optional<String> reason(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Cancelled(String reason) -> Optional.of(reason);
            case Outcome.Uncertain(String reason) -> Optional.of(reason);
            case Outcome.Done() -> Optional.empty();
            case Outcome.Planned() -> Optional.empty();
            case Outcome.Refused(var p) -> Optional.empty();
            case Outcome.Failed(var p) -> Optional.empty();
            case Outcome.Expired(var p) -> Optional.empty();
        };
    }
}
