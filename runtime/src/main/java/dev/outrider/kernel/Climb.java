package dev.outrider.kernel;

import dev.outrider.kernel.Ladder.Ruling;
import dev.outrider.kernel.Reasoner.Question;
import dev.outrider.kernel.Reasoner.Thought;
import dev.outrider.model.Action;
import dev.outrider.model.Decision;
import dev.outrider.model.Decision.Accord;
import dev.outrider.model.Degradation;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Plan;
import dev.outrider.model.Problem;
import dev.outrider.model.Route;
import dev.outrider.model.Rung;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One command's way down the ladder, from the rung it begins on to the one that answers. */
final class Climb {

    private final String words;
    private final List<Degradation> degraded;
    private final SafetyGate gate;
    private final Body body;
    private final CloudContact contact;
    private final CrossCheck check;
    private final Cancellation cancellation;
    private final List<String> reasons = new ArrayList<>();
    private List<Action> committed = List.of();
    private @Nullable Ruling lastRefusal;

    Climb(
            String words,
            Route route,
            List<Degradation> degraded,
            SafetyGate gate,
            Body body,
            CloudContact contact,
            CrossCheck check,
            Cancellation cancellation) {
        this.check = check;
        this.words = words;
        this.degraded = new ArrayList<>(degraded);
        this.gate = gate;
        this.body = body;
        this.contact = contact;
        this.cancellation = cancellation;
        reasons.addAll(route.left().values());
    }

    /** What the rung made of it, or null if the next rung is to be asked. */
    @Nullable Ruling ask(RungGuard guard, Duration timeLeft, String objection) {
        Draft draft = new Draft(committed);
        try {
            Question question = question(timeLeft, objection);
            Thought thought = guard.think(question, draft::add, cancellation);
            draft.seal();
            reached(guard);
            return weigh(
                    guard,
                    check.weigh(question, guard.reasoner().rung(), whole(thought)),
                    timeLeft,
                    objection);
        } catch (ReasoningFailure failure) {
            List<Action> kept = draft.seal();
            if (failure.repairable()) {
                reached(guard);
                return repair(guard, failure.complaint(), timeLeft, objection);
            }
            commit(guard, kept, failure.complaint());
            return null;
        }
    }

    private Question question(Duration timeLeft, String objection) {
        return new Question(
                words,
                body.capabilities(),
                body.places(),
                body.state(),
                committed,
                objection,
                timeLeft);
    }

    private @Nullable Ruling weigh(
            RungGuard guard, CrossCheck.Opinion opinion, Duration timeLeft, String objection) {
        return switch (opinion) {
            case CrossCheck.Opinion.Settled(Thought.Asks(String question), var accord) ->
                    refused(guard, notUnderstood(question), accord);
            case CrossCheck.Opinion.Settled(Thought.Declines(Problem problem), var accord) ->
                    refused(guard, problem, accord);
            case CrossCheck.Opinion.Settled(Thought.Planned(Plan plan, double sure), var accord) ->
                    weigh(guard, plan, "", accord, timeLeft, objection);
            case CrossCheck.Opinion.Unsure(Plan plan, String readBack, var accord) ->
                    weigh(guard, plan, readBack, accord, timeLeft, objection);
        };
    }

    private @Nullable Ruling weigh(
            RungGuard guard,
            Plan plan,
            String readBack,
            @Nullable Accord accord,
            Duration timeLeft,
            String objection) {
        Decision decision = decision(guard).by(accord);
        return switch (gate.check(plan, body.capabilities(), body.state())) {
            case SafetyGate.Verdict.Accepted(Plan accepted) ->
                    readBack.isEmpty()
                            ? new Ruling.Accepted(accepted, decision)
                            : new Ruling.Unsure(accepted, readBack, decision);
            case SafetyGate.Verdict.Refused(Problem problem) -> {
                Ruling refusal = new Ruling.Refused(problem, plan, decision);
                lastRefusal = refusal;
                yield isFinal(guard, problem)
                        ? refusal
                        : repair(guard, problem.message(), timeLeft, objection);
            }
        };
    }

    /** No rung can talk its way past an engaged emergency stop, and rules do not reconsider. */
    private boolean isFinal(RungGuard guard, Problem problem) {
        return problem.code() == ErrorCode.ESTOP_ENGAGED || guard.reasoner().rung() == Rung.REFLEX;
    }

    private @Nullable Ruling repair(
            RungGuard guard, String complaint, Duration timeLeft, String objection) {
        if (objection.isEmpty() && guard.reasoner().rung() != Rung.REFLEX) {
            return ask(guard, timeLeft.dividedBy(2), complaint);
        }
        step(guard, "its answer was not usable: " + complaint);
        return null;
    }

    private Ruling refused(RungGuard guard, Problem problem, @Nullable Accord accord) {
        return new Ruling.Refused(problem, Plan.NONE, decision(guard).by(accord));
    }

    private Thought whole(Thought thought) {
        if (!(thought instanceof Thought.Planned(Plan rest, double sure))) {
            return thought;
        }
        List<Action> actions = new ArrayList<>(committed);
        actions.addAll(rest.actions());
        return new Thought.Planned(new Plan(actions), sure);
    }

    /** Keeps what a broken rung had completed, if the gate lets it through. */
    private void commit(RungGuard guard, List<Action> kept, String complaint) {
        step(guard, complaint);
        if (!kept.isEmpty()
                && gate.check(new Plan(kept), body.capabilities(), body.state())
                        instanceof SafetyGate.Verdict.Accepted(Plan accepted)) {
            committed = accepted.actions();
        }
    }

    private void step(RungGuard guard, String complaint) {
        reasons.add(complaint);
        switch (guard.reasoner().rung()) {
            case CLOUD -> degrade(Degradation.NO_CLOUD);
            case LOCAL -> degrade(Degradation.NO_LOCAL);
            case REFLEX -> {}
        }
    }

    private void degrade(Degradation degradation) {
        if (!degraded.contains(degradation)) {
            degraded.add(degradation);
        }
    }

    private void reached(RungGuard guard) {
        if (guard.reasoner().rung() == Rung.CLOUD) {
            contact.reached();
        }
    }

    private Decision decision(RungGuard guard) {
        String reason = reasons.isEmpty() ? "preferred by the command" : String.join("; ", reasons);
        return new Decision(
                guard.reasoner().rung().wireName(),
                guard.reasoner().model(),
                reason,
                degraded,
                contact.last());
    }

    /** The answer when every rung was asked in vain. */
    Ruling exhausted() {
        if (lastRefusal != null) {
            return lastRefusal;
        }
        String why = String.join("; ", reasons);
        return new Ruling.Refused(
                new Problem(ErrorCode.INTERNAL, "no rung could answer: " + why),
                Plan.NONE,
                new Decision(Rung.REFLEX.wireName(), "", why, degraded, contact.last()));
    }

    private static Problem notUnderstood(String question) {
        return new Problem(ErrorCode.NOT_UNDERSTOOD, question);
    }

    /** The actions a rung has decided so far; sealed, it takes no more from a rung left behind. */
    private static final class Draft {

        private final List<Action> actions;
        private boolean sealed;

        Draft(List<Action> already) {
            actions = new ArrayList<>(already);
        }

        synchronized void add(Action action) {
            if (!sealed) {
                actions.add(action);
            }
        }

        synchronized List<Action> seal() {
            sealed = true;
            return List.copyOf(actions);
        }
    }
}
