package dev.outrider.reason.language;

import dev.outrider.model.Unit;
import dev.outrider.reason.language.Lexicon.Form;
import dev.outrider.reason.language.Skill.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How well a stretch of a sentence fits a skill: its verb and nouns, the names of its choices, and
 * measures that its slot takes speak for it; another skill's verb or measure speaks against it.
 */
final class Fit {

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

    /** Beyond doubt. */
    private static final double CALLED = 6;

    private static final Set<Kind> HANDS = Set.of(Kind.GRIP, Kind.RELEASE);
    private static final Set<String> BEFORE_HEAD = Words.of("before a noun");
    private static final Set<String> TOWARD = Words.of("toward");

    private Fit() {}

    /**
     * How strongly a piece speaks for a skill: 0 is not at all, from about 3 on beyond doubt.
     *
     * @param before the order before it, whose skill is meant where only a slot is said
     * @param around every item of the sentence
     */
    static double of(Skill skill, Piece piece, @Nullable Clause before, List<Item> around) {
        if (skill.isCalledBy(piece)) {
            return CALLED;
        }
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
            if (words.isEmpty() || !handles(skill, piece)) {
                return 0;
            }
            score += hand(piece, around, weakHand, words.getFirst());
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

    private static boolean handles(Skill skill, Piece piece) {
        String hand = skill.kind.name().toLowerCase(Locale.ROOT);
        return piece.items.stream().anyMatch(i -> i.is(hand) || skill.weight(i) > NAMED_EXACTLY);
    }

    /** What a gripper or a thing to hold adds, and what the lack of either takes. */
    private static double hand(Piece piece, List<Item> around, boolean weak, double strongest) {
        boolean gripper = piece.has("gripper");
        boolean object = piece.has("object");
        boolean gripperNear = around.stream().anyMatch(i -> i.is("gripper"));
        double score = gripper ? 1.5 : object ? 0.8 : weak && gripperNear ? 1.2 : 0;
        boolean clitic =
                piece.items.stream()
                        .anyMatch(i ->
                                i.isVerb() && i.token().plain().matches(".{3,}(?:lo|la|los|las)"));
        boolean strange =
                piece.items.stream()
                        .anyMatch(i ->
                                i.token().isWord() && i.senses().isEmpty() && i.names().isEmpty());
        if (weak
                && strongest < 2
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
        return lid && !gripper && !gripperNear ? score - 2 : score;
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
        return !left.word(BEFORE_HEAD) && !(left.token().kind() == Token.Kind.NUMBER);
    }

    private static boolean toward(Piece piece) {
        for (int i = 1; i < piece.items.size(); i++) {
            if (!piece.items.get(i).names().isEmpty()) {
                for (int k = Math.max(0, i - 3); k < i; k++) {
                    if (piece.items.get(k).word(TOWARD)) {
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
    static boolean takesAnyway(Skill skill, @Nullable Unit said) {
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
}
