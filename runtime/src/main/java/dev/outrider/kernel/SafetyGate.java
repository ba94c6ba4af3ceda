package dev.outrider.kernel;

import dev.outrider.model.Action;
import dev.outrider.model.BodyState;
import dev.outrider.model.Capability;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Parameter;
import dev.outrider.model.Plan;
import dev.outrider.model.Problem;
import dev.outrider.model.Requirement;
import dev.outrider.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds every plan against what the robot can do, whoever made it. What it accepts is complete:
 * each declared parameter is there, in its declared unit and within its limits, and nothing else.
 */
public final class SafetyGate {

    /** What the gate says of a plan. */
    public sealed interface Verdict {

        /** It may be carried out in this form. */
        record Accepted(Plan plan) implements Verdict {}

        /** It breaks a rule. */
        record Refused(Problem problem) implements Verdict {}
    }

    /** Checks a whole plan in the present state. */
    public Verdict check(Plan plan, List<Capability> capabilities, BodyState state) {
        try {
            return new Verdict.Accepted(checked(plan, byVerb(capabilities), state));
        } catch (Violation violation) {
            return new Verdict.Refused(violation.problem());
        }
    }

    /** The requirement of a verb that does not hold in that state, as a problem, or empty. */
    public Optional<Problem> unmet(Capability capability, BodyState state) {
        for (Requirement requirement : capability.requires()) {
            switch (requirement) {
                case ESTOP_RELEASED -> {
                    if (state.emergencyStop()) {
                        return Optional.of(estopEngaged(capability.verb()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Problem estopEngaged(String verb) {
        return new Problem(
                ErrorCode.ESTOP_ENGAGED,
                verb + " requires " + Requirement.ESTOP_RELEASED.wireName(),
                "the emergency stop is engaged; release it at the robot: outrider estop release");
    }

    private Plan checked(Plan plan, Map<String, Capability> byVerb, BodyState state)
            throws Violation {
        if (plan.isEmpty()) {
            throw new Violation(
                    ErrorCode.GATE_REFUSED,
                    "1.." + Plan.MAX_ACTIONS + " actions",
                    "the plan has no action");
        }
        if (plan.actions().size() > Plan.MAX_ACTIONS) {
            throw new Violation(
                    ErrorCode.GATE_REFUSED,
                    "1.." + Plan.MAX_ACTIONS + " actions",
                    "the plan has " + plan.actions().size() + " actions");
        }
        List<Action> actions = new ArrayList<>();
        boolean observed = false;
        for (Action action : plan.actions()) {
            if (action.condition().onFinding() && !observed) {
                throw new Violation(
                        ErrorCode.GATE_REFUSED,
                        "an action that finds something out before a condition on it",
                        action.verb() + " waits for what nothing before it finds out");
            }
            actions.add(checked(action, byVerb, state));
            Capability capability = byVerb.get(action.verb());
            observed |= capability != null && capability.observes();
        }
        return new Plan(actions);
    }

    private Action checked(Action action, Map<String, Capability> byVerb, BodyState state)
            throws Violation {
        @Nullable Capability capability = byVerb.get(action.verb());
        if (capability == null) {
            throw new Violation(
                    ErrorCode.UNKNOWN_VERB,
                    "verbs " + String.join(", ", byVerb.keySet()),
                    "this robot does not know how to " + action.verb());
        }
        Optional<Problem> unmet = unmet(capability, state);
        if (unmet.isPresent()) {
            throw new Violation(unmet.get());
        }
        Map<String, Value> arguments = new LinkedHashMap<>();
        for (Map.Entry<String, Parameter> parameter : capability.parameters().entrySet()) {
            String name = parameter.getKey();
            @Nullable Value value = action.arguments().get(name);
            String path = action.verb() + "." + name;
            if (value == null) {
                throw new Violation(
                        ErrorCode.PARAMETER_MISSING, path + " required", path + " is missing");
            }
            arguments.put(name, ArgumentRules.checked(path, value, parameter.getValue()));
        }
        return new Action(action.verb(), arguments, action.condition());
    }

    private static Map<String, Capability> byVerb(List<Capability> capabilities) {
        return capabilities.stream()
                .collect(
                        Collectors.toMap(
                                Capability::verb, c -> c, (a, b) -> a, LinkedHashMap::new));
    }
}
