package dev.outrider.reason;

import dev.outrider.kernel.CrossCheck;
import dev.outrider.kernel.Reasoner.Question;
import dev.outrider.kernel.Reasoner.Thought;
import dev.outrider.model.Action;
import dev.outrider.model.AskPolicy;
import dev.outrider.model.Condition;
import dev.outrider.model.Decision.Accord;
import dev.outrider.model.Decision.Readers;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Plan;
import dev.outrider.model.Problem;
import dev.outrider.model.Rung;
import dev.outrider.model.Value;
import dev.outrider.reason.language.ClauseParser;
import dev.outrider.reason.language.ReadBack;
import dev.outrider.reason.language.Reading;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The rules beside a model: a plan is carried out where both read the same in every word with a
 * meaning, or where the rules alone are sure. Where they differ the likelier plan is read back, and
 * whoever sent the words says whether it is meant. What neither takes for an order moves nothing.
 * Where rules that are sure read that something is only to be found out, nobody is asked.
 */
public final class TwoReaders implements CrossCheck {

    /** Above this the rules' reading is read back although the model asked or declined. */
    private static final double RULES_SURE = 0.6;

    /** From here on the model's plan is read back where the rules left words unread. */
    private static final double MODEL_SURE = 0.8;

    /** What a model is taken to be sure of that cannot tell. */
    private static final double UNTOLD = 0.5;

    private final AskPolicy policy;
    private final Set<Rung> checked;

    /**
     * @param checked the rungs whose plans are compared with the rules' reading; what others decide
     *     stands
     */
    public TwoReaders(AskPolicy policy, Set<Rung> checked) {
        this.policy = policy;
        this.checked = Set.copyOf(checked);
    }

    @Override
    public Opinion weigh(Question question, Rung rung, Thought thought) {
        Reading reading =
                ClauseParser.of(question.capabilities(), question.places()).read(question.text());
        Opinion opinion =
                rung == Rung.REFLEX
                        ? rules(question, thought, reading)
                        : checked.contains(rung)
                                ? both(question, thought, reading)
                                : new Opinion.Settled(thought, accord(Readers.MODEL, thought));
        return policy(question, opinion, reading);
    }

    /** The rules alone: what they were not sure of is read back. */
    private static Opinion rules(Question question, Thought thought, Reading reading) {
        Accord accord = new Accord(Readers.PARSER, reading.confidence());
        boolean plan = !reading.plan().isEmpty() && question.already().isEmpty();
        return thought instanceof Thought.Asks && plan
                ? unsure(question, reading.plan(), reading, accord)
                : new Opinion.Settled(thought, accord(Readers.PARSER, thought));
    }

    private static Opinion both(Question question, Thought thought, Reading reading) {
        if (onlyObserves(question, reading)) {
            return new Opinion.Settled(
                    new Thought.Planned(reading.plan(), reading.confidence()),
                    new Accord(Readers.PARSER, reading.confidence()));
        }
        return switch (thought) {
            case Thought.Planned(Plan plan, double told) -> {
                double sure = Double.isNaN(told) ? UNTOLD : told;
                if (same(plan, reading.plan())) {
                    Accord accord =
                            new Accord(Readers.BOTH, 1 - (1 - sure) * (1 - reading.confidence()));
                    yield reading.complete()
                            ? new Opinion.Settled(thought, accord)
                            : unsure(question, plan, reading, accord);
                }
                yield differing(question, plan, sure, reading);
            }
            case Thought.Asks asks -> nothing(question, thought, reading);
            case Thought.Declines declines -> nothing(question, thought, reading);
        };
    }

    /** Whether the rules are sure of a plan that moves nothing and only finds something out. */
    private static boolean onlyObserves(Question question, Reading reading) {
        return ReflexReasoner.obeys(reading)
                && reading.plan().actions().stream()
                        .allMatch(action ->
                                question.capabilities().stream()
                                        .anyMatch(c ->
                                                c.observes() && c.verb().equals(action.verb())));
    }

    /**
     * Of two plans the rules' is the likelier one where they read every word; a model that is sure
     * may know what they do not, unless it overlooked a correction.
     */
    private static Opinion differing(Question question, Plan plan, double sure, Reading reading) {
        boolean model = !reading.complete() && !reading.astray() && sure >= MODEL_SURE;
        if (model) {
            return unsure(question, plan, reading, new Accord(Readers.MODEL, sure));
        }
        Accord accord = new Accord(Readers.PARSER, reading.confidence());
        return reading.plan().isEmpty()
                ? new Opinion.Settled(
                        new Thought.Asks(ReadBack.question(reading, question.capabilities())),
                        accord)
                : unsure(question, reading.plan(), reading, accord);
    }

    /** The model would move nothing: only rules that are sure have it read back. */
    private static Opinion nothing(Question question, Thought thought, Reading reading) {
        boolean rules = reading.complete() && reading.confidence() >= RULES_SURE;
        return rules
                ? unsure(
                        question,
                        reading.plan(),
                        reading,
                        new Accord(Readers.PARSER, reading.confidence()))
                : new Opinion.Settled(
                        thought,
                        new Accord(
                                reading.plan().isEmpty() ? Readers.BOTH : Readers.MODEL,
                                Double.NaN));
    }

    private Opinion policy(Question question, Opinion opinion, Reading reading) {
        return switch (policy) {
            case ASK_WHEN_UNSURE -> opinion;
            case NEVER_ASK ->
                    opinion instanceof Opinion.Unsure(Plan plan, String readBack, Accord accord)
                            ? new Opinion.Settled(
                                    new Thought.Declines(
                                            new Problem(
                                                    ErrorCode.NOT_UNDERSTOOD,
                                                    "ask policy " + policy.wireName(),
                                                    "not sure enough to move, and not to ask: "
                                                            + readBack)),
                                    accord)
                            : opinion;
            case ALWAYS_ASK ->
                    opinion
                                            instanceof
                                            Opinion.Settled(
                                                    Thought.Planned(Plan plan, double sure),
                                                    var accord)
                                    && accord != null
                                    && !stops(plan)
                            ? unsure(question, plan, reading, accord)
                            : opinion;
        };
    }

    private static boolean stops(Plan plan) {
        return plan.actions().stream().allMatch(a -> a.verb().equals("stop"));
    }

    private static Opinion unsure(Question question, Plan plan, Reading reading, Accord accord) {
        String readBack = ReadBack.of(plan, question.capabilities(), reading.language());
        return new Opinion.Unsure(plan, readBack, accord);
    }

    private static Accord accord(Readers readers, Thought thought) {
        return new Accord(
                readers,
                thought instanceof Thought.Planned(Plan plan, double sure) ? sure : Double.NaN);
    }

    /** Whether two plans do the same: numbers within 1 %, words but for case and outer marks. */
    static boolean same(Plan one, Plan two) {
        if (one.actions().size() != two.actions().size()) {
            return false;
        }
        for (int i = 0; i < one.actions().size(); i++) {
            if (!same(one.actions().get(i), two.actions().get(i))) {
                return false;
            }
        }
        return !one.isEmpty();
    }

    private static boolean same(Action one, Action two) {
        if (!one.verb().equals(two.verb())
                || !one.arguments().keySet().equals(two.arguments().keySet())
                || !same(one.condition(), two.condition())) {
            return false;
        }
        for (Map.Entry<String, Value> argument : one.arguments().entrySet()) {
            Value other = two.arguments().get(argument.getKey());
            if (other == null || !same(argument.getValue(), other)) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(Value one, Value two) {
        if (one instanceof Value.Quantity(double a) && two instanceof Value.Quantity(double b)) {
            return Math.abs(a - b) <= 0.01 * Math.max(Math.abs(a), Math.abs(b));
        }
        return plain(one).equals(plain(two));
    }

    private static boolean same(Condition one, Condition two) {
        return one.equals(two);
    }

    private static String plain(Value value) {
        return value.toString()
                .toLowerCase(Locale.ROOT)
                .replaceAll("^[\\p{P}\\s]+|[\\p{P}\\s]+$", "")
                .replaceAll("\\s+", " ");
    }
}
