package dev.outrider.reason;

import dev.outrider.kernel.Cancellation;
import dev.outrider.kernel.Reasoner;
import dev.outrider.model.Action;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Instruction;
import dev.outrider.model.Plan;
import dev.outrider.model.Problem;
import dev.outrider.model.Readiness;
import dev.outrider.model.Rung;
import java.util.List;
import java.util.function.Consumer;

/** The rung that needs no model: it obeys literal commands in English and Spanish. */
public final class ReflexReasoner implements Reasoner {

    /** Whether an instruction says stop and nothing else. */
    public static boolean saysStop(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Words(String text) ->
                    isStop(new LiteralCommands(List.of()).read(text));
            case Instruction.Steps(Plan plan) -> isStop(new Thought.Planned(plan));
        };
    }

    @Override
    public Rung rung() {
        return Rung.REFLEX;
    }

    @Override
    public String model() {
        return "literal-commands";
    }

    @Override
    public Readiness readiness() {
        return new Readiness.Ready();
    }

    @Override
    public Thought think(Question question, Consumer<Action> decided, Cancellation cancellation) {
        Thought read = new LiteralCommands(question.places()).read(question.text());
        Thought thought = question.already().isEmpty() ? read : rest(read, question.already());
        if (thought instanceof Thought.Planned(Plan plan)) {
            plan.actions().forEach(decided);
        }
        return thought;
    }

    /** What follows the actions another rung had decided, if both read the same so far. */
    private static Thought rest(Thought thought, List<Action> already) {
        if (thought instanceof Thought.Planned(Plan plan)
                && plan.actions().size() >= already.size()
                && plan.actions().subList(0, already.size()).equals(already)) {
            List<Action> rest = plan.actions().subList(already.size(), plan.actions().size());
            return new Thought.Planned(new Plan(rest));
        }
        return new Thought.Declines(
                new Problem(
                        ErrorCode.NOT_UNDERSTOOD,
                        "the model broke off after "
                                + already.size()
                                + " actions, and without it the rest cannot be read"));
    }

    private static boolean isStop(Thought thought) {
        return thought instanceof Thought.Planned(Plan plan)
                && plan.actions().size() == 1
                && plan.actions().getFirst().verb().equals("stop");
    }
}
