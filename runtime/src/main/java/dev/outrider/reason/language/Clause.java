package dev.outrider.reason.language;

import dev.outrider.model.Action;
import dev.outrider.model.Condition;
import dev.outrider.model.Parameter;
import dev.outrider.model.Value;
import dev.outrider.reason.language.Skill.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One order: the skill that its words speak for, the value of its slot, and the words that say
 * nothing about either.
 */
final class Clause {

    /** Below this no skill is meant. */
    private static final double MEANT = 1.15;

    private static final Set<String> GRIPPERS = Set.of("gripper", "object");
    private static final Set<Kind> HANDS = Set.of(Kind.GRIP, Kind.RELEASE);
    private static final Set<Kind> WAYS_HOME = Set.of(Kind.GOTO, Kind.DOCK);
    private static final Set<Kind> MOVES = Set.of(Kind.DRIVE, Kind.TURN, Kind.GOTO);

    final Skill skill;
    final Piece piece;
    final double score;
    final double margin;
    @Nullable Value value;
    String missing = "";
    String strangeUnit = "";
    int times = 1;
    @Nullable Condition condition;
    final List<String> unread = new ArrayList<>();
    final List<String> doubts = new ArrayList<>();
    final Set<Item> read = new HashSet<>();

    private Clause(Skill skill, Piece piece, double score, double margin) {
        this.skill = skill;
        this.piece = piece;
        this.score = score;
        this.margin = margin;
    }

    /**
     * The order of a piece, or null where it speaks for no skill.
     *
     * @param before the order before it, whose skill is meant where only a slot is said
     * @param around every item of the sentence, for what a weak verb leaves open
     */
    static @Nullable Clause of(
            Piece piece, List<Skill> skills, @Nullable Clause before, List<Item> around) {
        Map<Skill, Double> scores = new HashMap<>();
        Skill best = null;
        double highest = 0;
        for (Skill skill : skills) {
            double score = Fit.of(skill, piece, before, around);
            scores.put(skill, score);
            if (score > highest) {
                highest = score;
                best = skill;
            }
        }
        if (best == null || highest < MEANT) {
            return null;
        }
        Kind kind = best.kind;
        double second = 0;
        for (Map.Entry<Skill, Double> rival : scores.entrySet()) {
            Kind other = rival.getKey().kind;
            // a dock that is a place, too: either way leads there
            boolean either = WAYS_HOME.contains(kind) && WAYS_HOME.contains(other) && kind != other;
            if (!rival.getKey().equals(best) && !either) {
                second = Math.max(second, rival.getValue());
            }
        }
        Clause clause = new Clause(best, piece, highest, highest - second);
        clause.fill(before);
        return clause;
    }

    /** Whether a verb of the piece speaks for the skill, and not only a noun or a slot. */
    boolean hasVerb() {
        return piece.items.stream().anyMatch(i -> i.isVerb() && skill.weight(i) > 0.3);
    }

    boolean isWhole() {
        return missing.isEmpty();
    }

    Action action() {
        Map<String, Value> arguments =
                value == null ? Map.of() : Map.of(skill.parameterName, value);
        return new Action(
                skill.verb(), arguments, condition == null ? new Condition.Always() : condition);
    }

    private void fill(@Nullable Clause before) {
        if (skill.isCalledBy(piece)) {
            read.addAll(piece.items);
            return;
        }
        for (Item item : piece.items) {
            if (skill.weight(item) > 0) {
                read.add(item);
            }
            if ((HANDS.contains(skill.kind)
                            && item.senses().stream().anyMatch(s -> GRIPPERS.contains(s.concept())))
                    || (skill.kind == Kind.LAMP && item.is("lamp"))) {
                read.add(item);
            }
        }
        countTimes();
        boolean carried =
                skill.kind == Kind.GRIP
                        && piece.items.stream()
                                .anyMatch(i ->
                                        i.word(
                                                "take", "bring", "carry", "lleva", "llevalo",
                                                "llevala", "trae", "traelo", "lleve", "llevelo"))
                        && piece.items.stream()
                                .anyMatch(i ->
                                        i.word(
                                                "there",
                                                "over there",
                                                "alli",
                                                "alla",
                                                "ahi",
                                                "here",
                                                "aqui",
                                                "aca",
                                                "to"));
        if (carried) {
            missing = "where to";
        }
        switch (skill.parameter) {
            case null -> {}
            case Parameter.Range range -> new Amount(this).fill(range, before);
            case Parameter.Choice choice -> new Wording(this).choose(before);
            case Parameter.FreeText text -> new Wording(this).quote();
        }
        leftovers();
    }

    /** "twice", "3 times": how often, where no parameter counts. */
    private void countTimes() {
        for (int i = 0; i < piece.items.size(); i++) {
            Item item = piece.items.get(i);
            Item left = i > 0 ? piece.items.get(i - 1) : item;
            int count =
                    item.word("once") && skill.takesCount()
                            ? 1
                            : item.is("TWICE")
                                    ? 2
                                    : item.is("TIMES") && left.token().kind() == Token.Kind.NUMBER
                                            ? (int) left.token().number()
                                            : item.is("TIMES") && left.word("una", "one", "un")
                                                    ? 1
                                                    : 0;
            if (count > 0 && count <= 1000) {
                read.add(item);
                read.add(left);
                if (skill.takesCount()) {
                    value = new Value.Quantity(count);
                } else {
                    times = count;
                }
            }
        }
    }

    private void leftovers() {
        for (int i = 0; i < piece.items.size(); i++) {
            Item item = piece.items.get(i);
            if (read.contains(item) || !meaningful(item)) {
                continue;
            }
            boolean way =
                    (skill.kind == Kind.GOTO || skill.kind == Kind.DOCK)
                            && (item.is("BACK")
                                    || item.is("FORWARD")
                                    || item.is("UP")
                                    || item.is("DOWN"));
            if (way) {
                continue;
            }
            boolean verbOfDoing = item.is("DO") && item.isVerb();
            boolean verbBefore =
                    (MOVES.contains(skill.kind) || skill.kind == Kind.DOCK)
                            && (item.is("goto") || item.is("drive"))
                            && item.isVerb();
            boolean thing =
                    skill.kind == Kind.GRIP
                            && i > 0
                            && !item.isVerb()
                            && item.names().isEmpty()
                            && !item.token().isNumeric()
                            && item.senses().isEmpty();
            if (!verbOfDoing && !verbBefore && !thing) {
                unread.add(item.token().text());
            }
        }
    }

    /** Whether a word would change a plan if it were read. */
    static boolean meaningful(Item item) {
        return switch (item.token().kind()) {
            case MARK -> false;
            case NUMBER, QUANTITY, QUOTE, SPEECH -> true;
            case WORD -> {
                if (!item.names().isEmpty()) {
                    yield true;
                }
                for (String free :
                        List.of("FREE", "POLITE", "AND", "THEN", "FIRST", "VAGUE", "CORRECT")) {
                    if (item.is(free)) {
                        yield false;
                    }
                }
                yield !item.token().plain().isEmpty();
            }
        };
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "\"%s\" is %s%s (%.1f, %.1f ahead)%s",
                piece,
                skill.verb(),
                value == null ? "" : " " + value,
                score,
                margin,
                missing.isEmpty() ? "" : ", missing " + missing);
    }
}
