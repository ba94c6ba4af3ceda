package dev.outrider.reason;

import dev.outrider.kernel.Cancellation;
import dev.outrider.kernel.Reasoner;
import dev.outrider.model.Action;
import dev.outrider.model.Capability;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Instruction;
import dev.outrider.model.Place;
import dev.outrider.model.Plan;
import dev.outrider.model.Problem;
import dev.outrider.model.Readiness;
import dev.outrider.model.Rung;
import dev.outrider.reason.language.ClauseParser;
import dev.outrider.reason.language.ReadBack;
import dev.outrider.reason.language.Reading;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The rung that needs no model: the clause parser. It obeys only what it read to the last word with
 * a meaning.
 */
public final class ReflexReasoner implements Reasoner {

    /** The least confidence at which the rules act on their own. */
    static final double SURE = 0.6;

    private static final ClauseParser STOPS =
            new ClauseParser(
                    List.of(new Capability("stop", "stops at once", Map.of(), Set.of())),
                    List.of());

    /** Loads the rules for this body, so that the first command does not wait for them. */
    public static void prepare(List<Capability> capabilities, List<Place> places) {
        String any = "drive forward two meters, no, three, then turn left";
        STOPS.read(any);
        ClauseParser.of(capabilities, places).read(any);
    }

    /** Whether an instruction says stop and nothing else. */
    public static boolean saysStop(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Words(String text) -> {
                Reading reading = STOPS.read(text);
                yield obeys(reading) && isStop(reading.plan());
            }
            case Instruction.Steps(Plan plan) -> isStop(plan);
        };
    }

    @Override
    public Rung rung() {
        return Rung.REFLEX;
    }

    @Override
    public String model() {
        return "clause-parser";
    }

    @Override
    public Readiness readiness() {
        return new Readiness.Ready();
    }

    @Override
    public Thought think(Question question, Consumer<Action> decided, Cancellation cancellation) {
        Thought read = thought(question);
        Thought thought = question.already().isEmpty() ? read : rest(read, question.already());
        if (thought instanceof Thought.Planned(Plan plan, double sure)) {
            plan.actions().forEach(decided);
        }
        return thought;
    }

    /** Whether the rules act on a reading without anybody's word. */
    static boolean obeys(Reading reading) {
        return reading.complete() && reading.confidence() >= SURE;
    }

    private static Thought thought(Question question) {
        Reading reading =
                ClauseParser.of(question.capabilities(), question.places()).read(question.text());
        if (obeys(reading)) {
            return new Thought.Planned(reading.plan(), reading.confidence());
        }
        String unit = reading.strangeUnit();
        if (!unit.isEmpty()) {
            return new Thought.Declines(
                    new Problem(
                            ErrorCode.UNIT_UNKNOWN,
                            "units of length, angle and time",
                            "\"" + unit + "\" is no unit this robot knows"));
        }
        return new Thought.Asks(ReadBack.question(reading, question.capabilities()));
    }

    /** What follows the actions another rung had decided, if both read the same so far. */
    private static Thought rest(Thought thought, List<Action> already) {
        if (thought instanceof Thought.Planned(Plan plan, double sure)
                && plan.actions().size() >= already.size()
                && plan.actions().subList(0, already.size()).equals(already)) {
            List<Action> rest = plan.actions().subList(already.size(), plan.actions().size());
            return new Thought.Planned(new Plan(rest), sure);
        }
        return new Thought.Declines(
                new Problem(
                        ErrorCode.NOT_UNDERSTOOD,
                        "the model broke off after "
                                + already.size()
                                + " actions, and without it the rest cannot be read"));
    }

    private static boolean isStop(Plan plan) {
        return plan.actions().size() == 1 && plan.actions().getFirst().verb().equals("stop");
    }
}
