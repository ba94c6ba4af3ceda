package dev.outrider.reason.language;

import dev.outrider.model.Parameter;
import dev.outrider.model.Unit;
import dev.outrider.model.Value;
import dev.outrider.reason.language.Lexicon.Form;
import dev.outrider.reason.language.Skill.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The number of an order: what was said, in the unit that the robot declares, with the sign of its
 * side; or what goes without saying, such as a quarter turn.
 */
final class Amount {

    static final String LEFT_OR_RIGHT = "left or right";

    private final Clause clause;
    private final Skill skill;
    private final Piece piece;

    Amount(Clause clause) {
        this.clause = clause;
        this.skill = clause.skill;
        this.piece = clause.piece;
    }

    /** Takes the number out of the words of its clause, or says what is missing. */
    void fill(Parameter.Range range, @Nullable Clause before) {
        Unit unit = range.unit();
        Item quantity = null;
        for (Item item : piece.items) {
            Unit said = item.token().unit();
            if (said != null
                    && (said.dimension() == unit.dimension() || Fit.takesAnyway(skill, said))) {
                if (quantity != null) {
                    clause.doubts.add(item.token().text());
                }
                quantity = quantity == null ? item : quantity;
            }
        }
        if (quantity == null) {
            for (Item item : piece.items) {
                if (item.token().kind() == Token.Kind.NUMBER && !clause.read.contains(item)) {
                    quantity = item;
                    break;
                }
            }
        }
        int sign = sign(range);
        if (skill.isSided()) {
            clause.doubts.add(skill.verb());
        }
        int after = quantity == null ? 0 : piece.items.indexOf(quantity) + 1;
        boolean measured =
                unit.dimension() == Unit.Dimension.LENGTH
                        || unit.dimension() == Unit.Dimension.ANGLE
                        || unit.dimension() == Unit.Dimension.TIME;
        if (quantity != null
                && quantity.token().unit() == null
                && measured
                && after < piece.items.size()) {
            Item word = piece.items.get(after);
            if (word.token().isWord() && word.senses().isEmpty() && word.names().isEmpty()) {
                clause.strangeUnit = word.token().text();
                clause.missing = "how far";
                return;
            }
        }
        if (quantity != null) {
            clause.read.add(quantity);
            Unit said = quantity.token().unit();
            double number = quantity.token().number();
            double converted;
            if (said == null || said.dimension() != unit.dimension()) {
                converted = said == null ? bare(number, unit, before) : number;
            } else {
                converted = said.convert(number, unit);
            }
            clause.value =
                    new Value.Quantity(
                            rounded(range.min() < 0 && number >= 0 ? sign * converted : converted));
            return;
        }
        if (clause.value != null) {
            return;
        }
        boolean same = piece.items.stream().anyMatch(i -> i.word("same", "mismo", "misma"));
        if (same
                && before != null
                && before.skill == skill
                && before.value instanceof Value.Quantity(double last)) {
            clause.value = new Value.Quantity(sign * Math.abs(last));
            piece.items.stream()
                    .filter(i ->
                            i.word(
                                    "same",
                                    "mismo",
                                    "misma",
                                    "distance",
                                    "distancia",
                                    "lo mismo",
                                    "amount"))
                    .forEach(clause.read::add);
            return;
        }
        Double given = unsaid(range, sign);
        if (given != null) {
            clause.value = new Value.Quantity(rounded(given));
        } else {
            clause.missing = missingNumber(unit);
        }
    }

    /** A number without a unit: what the order before it said, or the unit the robot declares. */
    private double bare(double number, Unit unit, @Nullable Clause before) {
        if (before != null && before.skill == skill) {
            for (Item item : before.piece.items) {
                Unit said = item.token().unit();
                if (said != null && said.dimension() == unit.dimension()) {
                    return said.convert(number, unit);
                }
            }
        }
        if (unit.dimension() == Unit.Dimension.ANGLE) {
            return Unit.DEGREE.convert(number, unit);
        }
        if (unit.dimension() == Unit.Dimension.LENGTH || unit.dimension() == Unit.Dimension.TIME) {
            clause.doubts.add(Numerals.written(number, null));
        }
        return number;
    }

    private int sign(Parameter.Range range) {
        int sign = 0;
        for (Item item : piece.items) {
            int of =
                    item.is("LEFT")
                            ? skill.sign("left")
                            : item.is("RIGHT")
                                    ? skill.sign("right")
                                    : item.is("BACK")
                                            ? skill.sign("back")
                                            : item.is("FORWARD")
                                                    ? skill.sign("forward")
                                                    : item.is("UP")
                                                                    || (skill.kind == Kind.OTHER
                                                                            && item.is("lift")
                                                                            && item.isVerb())
                                                            ? skill.sign("up")
                                                            : item.is("DOWN")
                                                                            || (skill.kind
                                                                                            == Kind
                                                                                                    .OTHER
                                                                                    && item.is(
                                                                                            "lower")
                                                                                    && item
                                                                                            .isVerb())
                                                                    ? skill.sign("down")
                                                                    : 0;
            boolean fits =
                    switch (skill.kind) {
                        case TURN -> item.is("LEFT") || item.is("RIGHT");
                        case DRIVE -> item.is("BACK") || item.is("FORWARD");
                        default -> of != 0;
                    };
            if (of != 0 && fits) {
                clause.read.add(item);
                if (sign != 0 && sign != of && !(skill.kind == Kind.DRIVE)) {
                    clause.doubts.add(item.token().text());
                }
                sign = sign == 0 || (skill.kind == Kind.DRIVE && of < 0) ? of : sign;
            }
            if ((skill.kind == Kind.DRIVE && item.is("UP"))
                    || (item.is("AROUND") && skill.kind == Kind.TURN)) {
                clause.read.add(item);
            }
        }
        if (sign == 0
                && skill.kind == Kind.TURN
                && range.min() < 0
                && !piece.has("AROUND")
                && !turnsAround()) {
            boolean negative =
                    piece.items.stream()
                            .anyMatch(i -> i.token().isNumeric() && i.token().number() < 0);
            if (!negative) {
                clause.doubts.add(LEFT_OR_RIGHT);
            }
        }
        return sign == 0 ? 1 : sign;
    }

    private boolean turnsAround() {
        return piece.items.stream()
                .anyMatch(i ->
                        i.token().unit() == Unit.DEGREE && Math.abs(i.token().number()) % 180 == 0);
    }

    /** What goes without a number: a quarter turn, all the way up, one beep. */
    private @Nullable Double unsaid(Parameter.Range range, int sign) {
        boolean vague = piece.items.stream().anyMatch(i -> i.is("VAGUE") && !i.is("AROUND"));
        if (skill.kind == Kind.TURN && !vague) {
            if (piece.has("LEFT") || piece.has("RIGHT")) {
                return sign * Unit.DEGREE.convert(90, range.unit());
            }
            if (piece.has("AROUND")) {
                return Unit.DEGREE.convert(180, range.unit());
            }
        }
        for (Item item : piece.items) {
            if (skill.zero.contains(item.token().plain())
                    || (skill.kind == Kind.OTHER
                            && !skill.zero.isEmpty()
                            && ((item.word("off") || item.token().plain().endsWith(" off"))
                                    || item.token().plain().startsWith("apag")))) {
                clause.read.add(item);
                return 0.0;
            }
            if (skill.kind == Kind.OTHER && (item.is("MOST") || item.is("LEAST"))) {
                clause.read.add(item);
                boolean down = item.is("LEAST") && !item.is("MOST");
                return down ? range.min() : range.max();
            }
        }
        if (skill.takesCount()
                && !vague
                && !skill.concepts.containsKey("fan")
                && !skill.concepts.containsKey("speed")) {
            boolean portions =
                    piece.items.stream()
                            .anyMatch(i -> i.word("a", "an", "un", "una", "one", "uno"));
            boolean plural =
                    piece.items.stream()
                            .anyMatch(i ->
                                    skill.weight(i) > 1
                                            && i.senses().stream()
                                                    .noneMatch(s -> s.form() == Form.VERB)
                                            && i.token().plain().endsWith("s"));
            return plural && !portions ? null : (Double) 1.0;
        }
        return null;
    }

    private String missingNumber(Unit unit) {
        return switch (unit.dimension()) {
            case LENGTH -> skill.kind == Kind.DRIVE ? "how far" : "how high";
            case ANGLE -> skill.kind == Kind.TURN ? "which way" : "how far";
            case TIME -> "how long";
            default -> "how much";
        };
    }

    private static double rounded(double number) {
        return Math.rint(number * 1e6) / 1e6 + 0.0;
    }
}
