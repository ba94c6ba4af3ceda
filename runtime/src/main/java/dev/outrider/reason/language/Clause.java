package dev.outrider.reason.language;

import dev.outrider.model.Action;
import dev.outrider.model.Condition;
import dev.outrider.model.Parameter;
import dev.outrider.model.Unit;
import dev.outrider.model.Value;
import dev.outrider.reason.language.Item.Named;
import dev.outrider.reason.language.Lexicon.Form;
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

    /** More than a concept weighs: the skill was called by its own name. */
    private static final double NAMED_EXACTLY = 3;

    private static final Set<String> LEVELS =
            Set.of(
                    "level",
                    "speed",
                    "power",
                    "volume",
                    "brightness",
                    "nivel",
                    "potencia",
                    "velocidad",
                    "intensity",
                    "volumen",
                    "brillo",
                    "intensidad");

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
    private final Set<Item> read = new HashSet<>();

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
            double score = score(skill, piece, before, around);
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

    private static double score(
            Skill skill, Piece piece, @Nullable Clause before, List<Item> around) {
        List<Double> words = new ArrayList<>();
        boolean verbSeen = false;
        boolean conflict = false;
        boolean faintly = false;
        boolean fits = false;
        boolean weakHand = false;
        double slots = 0;
        for (Item item : piece.items) {
            double weight = skill.weight(item);
            boolean named = item.names().stream().anyMatch(n -> n.skill() == skill);
            if (weight > 0) {
                words.add(weight);
            }
            if (HANDS.contains(skill.kind) && weight > 0 && weight < 2 && item.isVerb()) {
                weakHand = true;
            }
            if (named) {
                slots +=
                        item.names().stream().anyMatch(n -> n.skill() == skill && n.whole())
                                ? 2.5
                                : 1.1;
            }
            if (item.isVerb() && !item.is("FREE") && !named) {
                boolean does = item.is("DO");
                boolean own =
                        weight > 0.3
                                || ((leveled(skill) || skill.goesUpAndDown())
                                        && (item.is("lift") || item.is("lower")))
                                || (skill.goesUpAndDown()
                                        && (item.is("open") || item.is("close"))
                                        && piece.items.stream().anyMatch(i -> skill.weight(i) > 1))
                                || (skill.kind == Kind.GOTO && stays(item) && placed(piece))
                                || (skill.kind == Kind.DOCK
                                        && (item.is("goto") || item.is("drive")));
                if (!verbSeen && !does && !own && isHead(item, piece)) {
                    conflict = true;
                    faintly =
                            item.senses().stream().allMatch(v -> v.weak() || v.form() != Form.VERB);
                }
                verbSeen |= isHead(item, piece);
                fits |= own;
            }
            slots += slot(skill, item, piece);
        }
        words.sort((a, b) -> Double.compare(b, a));
        double score = slots;
        for (int i = 0; i < Math.min(3, words.size()); i++) {
            score += words.get(i) * (i == 0 ? 1 : 0.5);
        }
        if (HANDS.contains(skill.kind)) {
            boolean gripper = piece.has("gripper");
            boolean object = piece.items.stream().anyMatch(i -> i.is("object"));
            String hand = skill.kind.name().toLowerCase(Locale.ROOT);
            boolean handles =
                    piece.items.stream()
                            .anyMatch(i -> i.is(hand) || skill.weight(i) > NAMED_EXACTLY);
            if (words.isEmpty() || !handles) {
                return 0;
            }
            if (gripper) {
                score += 1.5;
            } else if (object) {
                score += 0.8;
            } else if (weakHand && around.stream().anyMatch(i -> i.is("gripper"))) {
                score += 1.2;
            }
            boolean clitic =
                    piece.items.stream()
                            .anyMatch(i ->
                                    i.isVerb()
                                            && i.token().plain().matches(".{3,}(?:lo|la|los|las)"));
            boolean strange =
                    piece.items.stream()
                            .anyMatch(i ->
                                    i.token().isWord()
                                            && i.senses().isEmpty()
                                            && i.names().isEmpty());
            if (weakHand
                    && words.getFirst() < 2
                    && !gripper
                    && !object
                    && !clitic
                    && !strange
                    && piece.items.stream().filter(Clause::meaningful).count() > 1) {
                score -= 1;
            }
            boolean lid =
                    piece.items.stream()
                            .anyMatch(i ->
                                    i.word(
                                            "open", "close", "shut", "abre", "cierra", "abrir",
                                            "cerrar", "abra", "cierre", "abres", "cierras"));
            if (lid && !gripper && around.stream().noneMatch(i -> i.is("gripper"))) {
                score -= 2;
            }
        }
        if (skill.kind == Kind.GOTO) {
            boolean place =
                    piece.items.stream()
                            .anyMatch(i -> i.names().stream().anyMatch(n -> n.skill() == skill));
            boolean way = toward(piece);
            if (!place && words.isEmpty() && (before == null || before.skill != skill)) {
                return 0;
            }
            if (conflict && !fits && place) {
                score -= way && piece.items.stream().noneMatch(i -> i.isOrder()) ? 0.6 : 2.5;
            }
            if (place && piece.items.stream().anyMatch(i -> i.is("VAGUE"))) {
                score -= 0.2;
            }
        } else if (conflict && !fits) {
            score -= faintly && !words.isEmpty() && words.getFirst() >= 1.8 ? 0.8 : 2;
        }
        if (before != null && before.skill == skill && !verbSeen) {
            score += slots > 0 ? 0.8 : 0.3;
        }
        boolean docks =
                piece.items.stream()
                        .anyMatch(i ->
                                i.senses().stream()
                                        .anyMatch(s ->
                                                s.concept().equals("dock")
                                                        && !s.weak()
                                                        && s.form() == Form.OTHER));
        boolean travels =
                piece.items.stream().anyMatch(i -> i.isVerb() && (i.is("goto") || i.is("drive")));
        if (skill.kind == Kind.DOCK && docks && travels && !placedByItsOwnName(piece)) {
            score += 1.7;
        }
        if (skill.kind == Kind.DRIVE
                && (placed(piece)
                        || (docks
                                && piece.items.stream()
                                        .anyMatch(i -> i.word("to", "a", "al", "hasta"))))
                && piece.items.stream().noneMatch(i -> i.token().isNumeric())) {
            score -= 3;
        }
        if (skill.kind == Kind.STOP
                && piece.items.stream()
                        .anyMatch(i ->
                                i.token().plain().matches("(?:stop|halt|freez|brak)\\w*ing"))) {
            score -= 2;
        }
        boolean leveled = leveled(skill);
        if (leveled
                && piece.items.stream().anyMatch(i -> i.is("DO"))
                && piece.items.stream().anyMatch(i -> i.token().kind() == Token.Kind.NUMBER)) {
            score += 0.8;
            slots += 0.8;
        }
        boolean told =
                piece.items.stream()
                        .anyMatch(i ->
                                i.token().unit() != null
                                        || i.token().kind() == Token.Kind.SPEECH
                                        || i.token().kind() == Token.Kind.QUOTE
                                        || !i.names().isEmpty()
                                        || i.is("LEFT")
                                        || i.is("RIGHT")
                                        || i.is("FORWARD")
                                        || i.is("BACK")
                                        || i.is("AROUND"));
        boolean nothing = words.isEmpty() && (slots < 1 || (!told && !leveled));
        boolean more = before != null && before.skill == skill && slots > 0.6;
        return nothing && !more ? 0 : score;
    }

    /** Whether a place of some skill that goes to places is named in full. */
    private static boolean placed(Piece piece) {
        return piece.items.stream()
                .anyMatch(i ->
                        i.names().stream().anyMatch(n -> n.whole() && n.skill().kind == Kind.GOTO));
    }

    /** "go to the dock" where a place is called dock, and not only known by a word for it. */
    private static boolean placedByItsOwnName(Piece piece) {
        return piece.items.stream()
                .anyMatch(i ->
                        i.names().stream()
                                .anyMatch(n ->
                                        n.whole()
                                                && n.skill().kind == Kind.GOTO
                                                && n.options().stream()
                                                        .anyMatch(o ->
                                                                Token.plain(o)
                                                                        .replace('_', ' ')
                                                                        .equals(
                                                                                i.token()
                                                                                        .plain()))));
    }

    /** "stay in the kitchen": to stay somewhere is to go there. */
    private static boolean stays(Item item) {
        return item.isVerb()
                && item.is("wait")
                && item.token()
                        .plain()
                        .matches(
                                "stay|stays|remain|sit|stand|qued(?:a|e|ar)(?:te|se)?|permanec\\w+");
    }

    /** Whether a skill takes a level, of which people say up, down and off. */
    private static boolean leveled(Skill skill) {
        return skill.takesCount()
                && (skill.concepts.containsKey("fan")
                        || skill.concepts.containsKey("speed")
                        || LEVELS.contains(Token.plain(skill.verb()))
                        || LEVELS.contains(Token.plain(skill.parameterName)));
    }

    private static boolean isHead(Item item, Piece piece) {
        int at = piece.items.indexOf(item);
        if (at == 0) {
            return true;
        }
        Item left = piece.items.get(at - 1);
        return !left.word(
                        "the", "a", "an", "your", "el", "la", "los", "las", "un", "una", "tu", "su",
                        "of", "de", "del", "with", "con", "my", "mi")
                && !(left.token().kind() == Token.Kind.NUMBER);
    }

    private static boolean toward(Piece piece) {
        for (int i = 1; i < piece.items.size(); i++) {
            if (!piece.items.get(i).names().isEmpty()) {
                for (int k = Math.max(0, i - 3); k < i; k++) {
                    if (piece.items
                            .get(k)
                            .word(
                                    "to", "toward", "towards", "into", "a", "al", "hasta", "hacia",
                                    "para", "at", "in", "en", "by", "over", "por", "on")) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** What an item adds for a skill whose slot it fills, and takes where no slot takes it. */
    private static double slot(Skill skill, Item item, Piece piece) {
        Token token = item.token();
        switch (token.kind()) {
            case QUANTITY -> {
                @Nullable Unit said = token.unit();
                @Nullable Unit own = skill.unit();
                if (said != null && own != null && said.dimension() == own.dimension()) {
                    return said == Unit.DEGREE && piece.has("DO") ? 2.4 : 1.6;
                }
                return takesAnyway(skill, said) ? 1.4 : -1.2;
            }
            case NUMBER -> {
                if (skill.unit() == null) {
                    return skill.takesChoice()
                            ? (skill.choices.keySet().stream()
                                            .anyMatch(n -> n.getLast().equals(token.text()))
                                    ? 1.2
                                    : 0)
                            : -0.6;
                }
                return piece.has("TIMES") ? (skill.takesCount() ? 1 : 0) : 0.7;
            }
            case SPEECH, QUOTE -> {
                return skill.kind == Kind.SAY ? 3 : -1;
            }
            case WORD, MARK -> {}
        }
        if (!item.names().isEmpty() && item.names().stream().noneMatch(n -> n.skill() == skill)) {
            return skill.kind == Kind.OTHER ? -0.1 : -0.3;
        }
        return switch (skill.kind) {
            case TURN ->
                    item.is("LEFT") || item.is("RIGHT")
                            ? 2
                            : item.is("AROUND")
                                            && piece.items.stream()
                                                    .anyMatch(i -> skill.weight(i) >= 1)
                                    ? 0.8
                                    : item.is("AROUND")
                                                    && (item.token().text().contains(" ")
                                                            || item.token().text().length() > 6)
                                            ? 2.2
                                            : 0;
            case DRIVE -> item.is("FORWARD") ? 1.5 : item.is("BACK") ? 1.3 : 0;
            case OTHER ->
                    (skill.zero.contains(token.plain())
                                    || (!skill.zero.isEmpty()
                                            && (token.plain().endsWith(" off")
                                                    || token.plain().startsWith("apag"))))
                            ? 2.5
                            : (item.is("UP") || item.is("DOWN"))
                                            && (skill.concepts.containsKey("lift")
                                                    || skill.concepts.containsKey("tilt"))
                                    ? 0.8
                                    : (item.is("LEFT") || item.is("RIGHT"))
                                                    && skill.unit() != null
                                                    && skill.unit().dimension()
                                                            == Unit.Dimension.ANGLE
                                            ? 0.6
                                            : 0;
            case LAMP -> Names.isColor(token.plain()) && item.names().isEmpty() ? 0.6 : 0;
            case GOTO, DOCK, WAIT, GRIP, RELEASE, SAY, STOP -> 0;
        };
    }

    /** Whether a skill that counts takes that unit: millilitres, or one its description names. */
    private static boolean takesAnyway(Skill skill, @Nullable Unit said) {
        if (said == null || skill.unit() != Unit.COUNT) {
            return false;
        }
        boolean named =
                (" "
                                + Token.plain(
                                                skill.capability.description()
                                                        + " "
                                                        + skill.parameterName)
                                        .replace('_', ' ')
                                        .replace(',', ' ')
                                + " ")
                        .contains(" " + said.symbol() + " ");
        return named
                || switch (said.dimension()) {
                    case RATIO, VOLUME, MASS, TEMPERATURE, NUMBER -> true;
                    case LENGTH, ANGLE, TIME -> false;
                };
    }

    private void fill(@Nullable Clause before) {
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
            case Parameter.Range range -> number(range, before);
            case Parameter.Choice choice -> choice(before);
            case Parameter.FreeText text -> text();
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

    private void number(Parameter.Range range, @Nullable Clause before) {
        Unit unit = range.unit();
        Item quantity = null;
        for (Item item : piece.items) {
            Unit said = item.token().unit();
            if (said != null
                    && (said.dimension() == unit.dimension() || takesAnyway(skill, said))) {
                if (quantity != null) {
                    doubts.add(item.token().text());
                }
                quantity = quantity == null ? item : quantity;
            }
        }
        if (quantity == null) {
            for (Item item : piece.items) {
                if (item.token().kind() == Token.Kind.NUMBER && !read.contains(item)) {
                    quantity = item;
                    break;
                }
            }
        }
        int sign = sign(range);
        if (skill.isSided()) {
            doubts.add(skill.verb());
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
                strangeUnit = word.token().text();
                missing = "how far";
                return;
            }
        }
        if (quantity != null) {
            read.add(quantity);
            Unit said = quantity.token().unit();
            double number = quantity.token().number();
            double converted;
            if (said == null || said.dimension() != unit.dimension()) {
                converted = said == null ? bare(number, unit, before) : number;
            } else {
                converted = said.convert(number, unit);
            }
            value =
                    new Value.Quantity(
                            rounded(range.min() < 0 && number >= 0 ? sign * converted : converted));
            return;
        }
        if (value != null) {
            return;
        }
        boolean same = piece.items.stream().anyMatch(i -> i.word("same", "mismo", "misma"));
        if (same
                && before != null
                && before.skill == skill
                && before.value instanceof Value.Quantity(double last)) {
            value = new Value.Quantity(sign * Math.abs(last));
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
                    .forEach(read::add);
            return;
        }
        Double given = unsaid(range, sign);
        if (given != null) {
            value = new Value.Quantity(rounded(given));
        } else {
            missing = missingNumber(unit);
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
            doubts.add(Quantities.written(number, null));
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
                read.add(item);
                if (sign != 0 && sign != of && !(skill.kind == Kind.DRIVE)) {
                    doubts.add(item.token().text());
                }
                sign = sign == 0 || (skill.kind == Kind.DRIVE && of < 0) ? of : sign;
            }
            if ((skill.kind == Kind.DRIVE && item.is("UP"))
                    || (item.is("AROUND") && skill.kind == Kind.TURN)) {
                read.add(item);
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
                doubts.add(LEFT_OR_RIGHT);
            }
        }
        return sign == 0 ? 1 : sign;
    }

    static final String LEFT_OR_RIGHT = "left or right";

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
                read.add(item);
                return 0.0;
            }
            if (skill.kind == Kind.OTHER && (item.is("MOST") || item.is("LEAST"))) {
                read.add(item);
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

    private void choice(@Nullable Clause before) {
        List<Named> named = new ArrayList<>();
        for (Item item : piece.items) {
            for (Named name : item.names()) {
                if (name.skill() == skill) {
                    named.add(name);
                    read.add(item);
                }
            }
        }
        List<Named> whole = named.stream().filter(Named::whole).toList();
        List<Named> use = whole.isEmpty() ? named : whole;
        Set<String> options = new HashSet<>();
        use.forEach(n -> options.addAll(n.options()));
        if (use.size() > 1) {
            // each name narrows what the others leave open
            Set<String> common = new HashSet<>(use.getFirst().options());
            use.forEach(n -> common.retainAll(n.options()));
            if (common.size() == 1) {
                options.retainAll(common);
            } else if (!whole.isEmpty()) {
                String last = chosen(use);
                options.clear();
                options.add(last);
                doubts.add(use.getFirst().options().getFirst());
            }
        }
        if ((options.isEmpty() || piece.corrects) && before != null && before.skill == skill) {
            String other = renumbered(before);
            if (!other.isEmpty()) {
                options.clear();
            }
            if (!other.isEmpty()) {
                options.add(other);
            }
        }
        if (options.isEmpty() && skill.goesUpAndDown()) {
            for (Item item : piece.items) {
                boolean up = item.is("UP") || item.is("lift") || item.is("open");
                if (up || item.is("DOWN") || item.is("lower") || item.is("close")) {
                    options.clear();
                    options.add(skill.choices.get(Skill.words(up ? "up" : "down")));
                    read.add(item);
                }
            }
        }
        if (options.isEmpty() && before != null && before.value instanceof Value.Text(String old)) {
            // "hoover the hall, then mop it"
            boolean spokenOf =
                    piece.items.stream()
                            .anyMatch(i ->
                                    i.word("it", "that")
                                            || (i.isVerb()
                                                    && i.token()
                                                            .plain()
                                                            .matches(".{3,}(?:lo|la|le)")));
            if (spokenOf && !before.skill.equals(skill) && skill.choices.containsValue(old)) {
                options.add(old);
            }
        }
        if (options.isEmpty() && skill.kind == Kind.LAMP && off()) {
            skill.choices.values().stream()
                    .filter(o -> Names.synonyms("off").contains(Token.plain(o)))
                    .findFirst()
                    .ifPresent(options::add);
        }
        if (options.size() != 1) {
            missing =
                    skill.kind == Kind.LAMP
                            ? "which colour"
                            : skill.kind == Kind.GOTO ? "where to" : "which " + skill.parameterName;
            if (!options.isEmpty()) {
                doubts.addAll(options.stream().sorted().toList());
            }
            return;
        }
        value = new Value.Text(options.iterator().next());
        if (whole.isEmpty() && !named.isEmpty()) {
            doubts.add(named.getFirst().options().getFirst());
        }
    }

    /** Of several places in one order the one after "to" is meant. */
    private String chosen(List<Named> use) {
        for (int i = piece.items.size() - 1; i > 0; i--) {
            Item item = piece.items.get(i);
            Item left = piece.items.get(i - 1);
            Item further = i > 1 ? piece.items.get(i - 2) : left;
            boolean to =
                    left.word("to", "a", "al", "hasta", "into")
                            || further.word("to", "a", "al", "hasta", "into");
            if (to) {
                for (Named name : item.names()) {
                    if (name.skill() == skill && name.whole()) {
                        return name.options().getFirst();
                    }
                }
            }
        }
        return use.getLast().options().getFirst();
    }

    private String renumbered(Clause before) {
        if (!(before.value instanceof Value.Text(String old))) {
            return "";
        }
        for (Item item : piece.items) {
            String number =
                    item.token().kind() == Token.Kind.NUMBER
                            ? item.token().text()
                            : item.token().plain();
            if (item.token().kind() == Token.Kind.NUMBER || number.length() == 1) {
                String other =
                        old.replaceAll("[\\s_]\\S+$", "")
                                + old.replaceAll("^.*([\\s_])\\S+$", "$1")
                                + number;
                for (String option : skill.choices.values()) {
                    if (option.equalsIgnoreCase(other)) {
                        read.add(item);
                        return option;
                    }
                }
            }
        }
        return "";
    }

    private boolean off() {
        for (Item item : piece.items) {
            String plain = item.token().plain();
            if (plain.startsWith("apag")
                    || plain.startsWith("mata")
                    || item.word(
                            "off",
                            "out",
                            "no",
                            "black out",
                            "kill",
                            "douse",
                            "extinguish",
                            "turn off",
                            "switch off",
                            "shut off")) {
                read.add(item);
                return true;
            }
        }
        return false;
    }

    private void text() {
        for (Item item : piece.items) {
            if (item.token().kind() == Token.Kind.SPEECH
                    || item.token().kind() == Token.Kind.QUOTE) {
                read.add(item);
                if (value == null && !item.token().text().isBlank()) {
                    value = new Value.Text(item.token().text().replaceAll("[\\s,;]+$", ""));
                    piece.items.forEach(i -> {
                        if (piece.items.indexOf(i) < piece.items.indexOf(item)) {
                            read.add(i);
                        }
                    });
                }
            }
        }
        if (value == null) {
            missing = "what to " + (skill.kind == Kind.SAY ? "say" : skill.verb());
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

    private static double rounded(double number) {
        return Math.rint(number * 1e6) / 1e6 + 0.0;
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
