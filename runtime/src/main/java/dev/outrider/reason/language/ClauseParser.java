package dev.outrider.reason.language;

import dev.outrider.model.Action;
import dev.outrider.model.Capability;
import dev.outrider.model.Condition;
import dev.outrider.model.Place;
import dev.outrider.model.Plan;
import dev.outrider.reason.language.Skill.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads everyday English and Spanish into plans by rules: clause by clause, each mapped on to the
 * capability that its words speak for, whatever that is called. It is deterministic, explains
 * itself, and names every word that its plan does not hold.
 */
public final class ClauseParser {

    private static final Set<String> QUESTION_VERBS =
            Set.of(
                    "is", "are", "am", "was", "were", "did", "does", "has", "had", "aren't",
                    "isn't", "didn't", "doesn't", "wasn't");
    private static final Set<String> YOU = Set.of("you", "tu", "vos", "usted", "ustedes", "robot");

    private final List<Skill> skills;
    private final Annotator annotator;
    private final Normalizer normalizer;

    private static final java.util.concurrent.atomic.AtomicReference<@Nullable Made> LAST =
            new java.util.concurrent.atomic.AtomicReference<>();

    private record Made(List<Capability> capabilities, List<Place> places, ClauseParser parser) {}

    /** The parser of these capabilities and places; the last one made is kept. */
    public static ClauseParser of(List<Capability> capabilities, List<Place> places) {
        @Nullable Made last = LAST.get();
        if (last != null
                && last.capabilities().equals(capabilities)
                && last.places().equals(places)) {
            return last.parser();
        }
        ClauseParser parser = new ClauseParser(capabilities, places);
        LAST.set(new Made(List.copyOf(capabilities), List.copyOf(places), parser));
        return parser;
    }

    public ClauseParser(List<Capability> capabilities, List<Place> places) {
        this.skills = capabilities.stream().map(c -> new Skill(c, places)).toList();
        this.annotator = new Annotator(skills);
        this.normalizer = Normalizer.of(capabilities, places);
    }

    /** What the sentence asks of the robot. */
    public Reading read(String text) {
        return called(Token.of(text)).orElseGet(() -> new Parse(text).reading());
    }

    /** A whole sentence by which a capability says it is called: "what do you see?" */
    private Optional<Reading> called(List<Token> tokens) {
        List<Integer> places =
                IntStream.range(0, tokens.size())
                        .filter(i -> tokens.get(i).isWord())
                        .boxed()
                        .toList();
        List<String> words = places.stream().map(i -> tokens.get(i).plain()).toList();
        for (Skill skill : skills) {
            for (List<String> sentence : skill.sentences) {
                int at = Collections.indexOfSubList(words, sentence);
                if (at >= 0
                        && courteous(tokens.subList(0, places.get(at)))
                        && courteous(
                                tokens.subList(
                                        places.get(at + sentence.size() - 1) + 1, tokens.size()))) {
                    return Optional.of(called(skill, tokens));
                }
            }
        }
        return Optional.empty();
    }

    private static Reading called(Skill skill, List<Token> tokens) {
        return new Reading(
                Plan.of(new Action(skill.verb(), Map.of())),
                "",
                List.of(),
                "",
                1,
                Normalizer.languageOf(tokens),
                List.of("it is called " + skill.verb()));
    }

    private static boolean courteous(List<Token> around) {
        return Courtesy.removed(around).stream().noneMatch(Token::isWord);
    }

    /** One sentence being read. */
    private final class Parse {

        private final Language language;
        private final List<Item> items;
        private final List<Clause> clauses = new ArrayList<>();
        private final List<String> unread = new ArrayList<>();
        private final List<String> why = new ArrayList<>();
        private @Nullable Clause last;
        private @Nullable Item mentioned;
        private @Nullable Condition condition;
        private double bound = Double.NaN;
        private boolean boundBelow;
        private boolean scopeUsed;
        private boolean asked;
        private boolean swapNext;
        private boolean pending;
        private boolean justRepaired;
        private String question = "";

        Parse(String text) {
            List<Token> raw = normalizer.spelledOut(Token.of(text));
            List<Token> mended = normalizer.mended(raw);
            this.language = Normalizer.languageOf(mended);
            List<Token> tokens = Courtesy.removed(Speech.gathered(mended, raw));
            this.items = annotator.items(Quantities.read(tokens, language));
        }

        Reading reading() {
            if (System.getProperty("trace") != null) {
                System.out.println(
                        items.stream()
                                .map(i ->
                                        i.token().text()
                                                + i.senses().stream()
                                                        .map(s ->
                                                                s.concept() + (s.weak() ? "?" : ""))
                                                        .toList())
                                .toList());
                System.out.println(
                        Splitter.pieces(items).stream().map(p -> "<" + p + ">").toList());
            }
            for (Piece piece : Splitter.pieces(items)) {
                take(piece);
                if (piece.endsSentence && scopeUsed) {
                    condition = null;
                }
            }
            return result();
        }

        private void take(Piece piece) {
            Condition own =
                    Conditions.read(piece, bound, boundBelow, asked || !Double.isNaN(bound));
            if (own != null) {
                bound = Conditions.bound(own);
                boundBelow = own instanceof Condition.BatteryBelow;
                Condition holds = piece.unless ? Conditions.opposite(own) : own;
                asked = true;
                if (piece.items.stream().noneMatch(Clause::meaningful)
                        && !clauses.isEmpty()
                        && condition == null
                        && !piece.joined
                        && !piece.question) {
                    // "dock if the battery is low": what was said before depends on it
                    Clause before = clauses.getLast();
                    if (before.condition == null && !scopeUsed) {
                        before.condition = holds;
                        why.add("on condition: " + before);
                        return;
                    }
                }
                condition = holds;
                scopeUsed = false;
            } else if (piece.otherwise && !Double.isNaN(bound)) {
                Condition first =
                        clauses.stream()
                                .map(c -> c.condition)
                                .filter(c -> c != null)
                                .reduce((a, b) -> b)
                                .orElse(condition);
                condition = first == null ? null : Conditions.opposite(first);
                scopeUsed = false;
            } else if (piece.conditional && arrives(piece)) {
                order(piece);
                return;
            } else if (piece.conditional && !piece.isEmpty()) {
                if (!idle(piece)) {
                    note(piece, "a condition that is not on the battery");
                    question = "unclear condition";
                }
                return;
            }
            if (piece.cancels) {
                drop();
            }
            if (piece.isEmpty()) {
                return;
            }
            if (piece.reason) {
                why.add("a reason: " + piece);
                return;
            }
            if (own == null && isQuestion(piece)) {
                remark(piece);
                return;
            }
            if (repeats(piece)) {
                return;
            }
            if (tells(piece)) {
                remark(piece);
                return;
            }
            order(piece);
        }

        private void order(Piece piece) {
            if (more(piece)) {
                return;
            }
            anaphora(piece);
            Clause clause = Clause.of(piece, skills, last, items);
            if (piece.negated) {
                negated(piece, clause);
                return;
            }
            if (shape(piece)) {
                return;
            }
            if (clause == null || !believable(clause)) {
                remark(piece);
                Item head =
                        piece.items.stream().filter(Clause::meaningful).findFirst().orElse(null);
                if (clause == null
                        && !piece.announces
                        && head != null
                        && piece.items.getFirst().equals(head)
                        && orders(head, piece)
                        && question.isEmpty()) {
                    // an order that no skill can carry out; half of what was asked is not done
                    question = "cannot " + piece;
                }
                return;
            }
            if (told(clause, piece)) {
                return;
            }
            boolean still =
                    justRepaired
                            && !piece.joined
                            && !clause.hasVerb()
                            && last != null
                            && last.skill == clause.skill;
            boolean corrects = piece.corrects || pending || still;
            pending = false;
            justRepaired = false;
            if (restates(clause)) {
                why.add("said again: " + piece);
                return;
            }
            boolean faint = !clause.isWhole() && clause.score < 2 && !clauses.isEmpty();
            if (faint) {
                remark(piece);
                return;
            }
            if (corrects && last != null) {
                clause = repaired(clause, piece);
                justRepaired = true;
            }
            if (condition != null) {
                clause.condition = condition;
                scopeUsed = true;
            }
            why.add(clause.toString());
            if (same(clause)) {
                return;
            }
            if (clause.times > 1
                    && piece.joined
                    && !clauses.isEmpty()
                    && clauses.getLast().piece.items.stream().filter(Clause::meaningful).count()
                            == 1
                    && clauses.getLast().value == null) {
                // "open and close the claw twice": both, each time
                Clause pair = clauses.getLast();
                int times = clause.times;
                clause.times = 1;
                clauses.add(clause);
                for (int i = 1; i < Math.min(times, Plan.MAX_ACTIONS); i++) {
                    clauses.add(pair);
                    clauses.add(clause);
                }
                last = clause;
                return;
            }
            place(clause);
            boolean earlier =
                    (piece.after && !clauses.isEmpty()) || (swapNext && !clauses.isEmpty());
            if (earlier) {
                clauses.add(clauses.size() - 1, clause);
            } else {
                clauses.add(clause);
            }
            swapNext = piece.before && clauses.size() == 1;
            last = clause;
            piece.items.stream()
                    .filter(i -> i.names().stream().anyMatch(n -> n.whole()))
                    .findFirst()
                    .ifPresent(i -> mentioned = i);
        }

        private boolean orders(Item head, Piece piece) {
            boolean strange =
                    piece.items.stream()
                            .anyMatch(i ->
                                    i.token().isWord()
                                            && i.senses().isEmpty()
                                            && i.names().isEmpty());
            return head.token().isWord()
                    && head.senses().stream()
                            .anyMatch(s ->
                                    s.form() == Lexicon.Form.VERB
                                            && !s.weak()
                                            && (Character.isLowerCase(s.concept().charAt(0))
                                                    || (s.concept().equals("DO") && strange)));
        }

        /** "…, drive it", "… and keep still": the order before it once more, without its slot. */
        private boolean restates(Clause clause) {
            if (clause.isWhole() || clauses.isEmpty()) {
                return false;
            }
            boolean named =
                    clause.piece.items.stream()
                                    .anyMatch(i ->
                                            !i.names().isEmpty()
                                                    || i.is("VAGUE")
                                                    || i.is("LEFT")
                                                    || i.is("RIGHT")
                                                    || i.is("FORWARD")
                                                    || i.is("BACK")
                                                    || i.is("UP")
                                                    || i.is("DOWN")
                                                    || i.is("AROUND"))
                            || (!clause.unread.isEmpty()
                                    && clause.skill.kind != Kind.WAIT
                                    && clause.skill.kind != Kind.LAMP);
            boolean still =
                    clause.skill.kind == Kind.WAIT
                            && clause.piece.items.stream()
                                    .anyMatch(i ->
                                            i.token()
                                                    .plain()
                                                    .matches(
                                                            ".*\\b(quiet[oa]|still|parad[oa]|put|there|nothing)\\b.*"));
            boolean same =
                    clauses.getLast().skill == clause.skill
                            && clauses.getLast().isWhole()
                            && !clause.piece.corrects;
            return !named && (same || still);
        }

        /** "a square of 1 m": its sides and corners, turned to the left unless told otherwise. */
        private boolean shape(Piece piece) {
            int corners =
                    piece.items.stream()
                            .mapToInt(i ->
                                    i.word("square", "cuadrado")
                                            ? 4
                                            : i.word("triangle", "triangulo")
                                                    ? 3
                                                    : i.word("hexagon", "hexagono")
                                                            ? 6
                                                            : i.word("pentagon", "pentagono")
                                                                    ? 5
                                                                    : 0)
                            .max()
                            .orElse(0);
            Item side =
                    piece.items.stream()
                            .filter(i ->
                                    i.token().unit() != null
                                            && i.token().unit().dimension()
                                                    == dev.outrider.model.Unit.Dimension.LENGTH)
                            .findFirst()
                            .orElse(null);
            if (corners == 0 || side == null) {
                return false;
            }
            Piece straight = new Piece();
            straight.items.add(side);
            Piece corner = new Piece();
            corner.items.add(
                    new Item(
                            Token.quantity(360.0 / corners, dev.outrider.model.Unit.DEGREE, true),
                            Set.of(),
                            List.of()));
            Item left =
                    new Item(Token.word("left", true), Lexicon.STANDARD.senses("left"), List.of());
            corner.items.add(
                    piece.items.stream().filter(i -> i.is("RIGHT")).findFirst().orElse(left));
            Clause drive = Clause.of(straight, skills, null, items);
            Clause turn = Clause.of(corner, skills, null, items);
            if (drive == null
                    || turn == null
                    || drive.skill.kind != Kind.DRIVE
                    || turn.skill.kind != Kind.TURN) {
                return false;
            }
            drive.doubts.add(corners + " corners");
            for (int i = 0; i < corners; i++) {
                clauses.add(drive);
                clauses.add(turn);
            }
            last = turn;
            why.add("a shape of " + corners + " corners: " + piece);
            return true;
        }

        /** "and another two", "y luego otras dos": the last order again with another number. */
        private boolean more(Piece piece) {
            boolean another =
                    piece.items.stream()
                            .anyMatch(i ->
                                    i.word(
                                            "another", "otros", "otras", "more", "mas", "otro",
                                            "otra"));
            Item number =
                    piece.items.stream()
                            .filter(i -> i.token().kind() == Token.Kind.NUMBER)
                            .findFirst()
                            .orElse(null);
            boolean only =
                    piece.items.stream()
                            .noneMatch(i ->
                                    Clause.meaningful(i)
                                            && !i.equals(number)
                                            && !i.word("another", "times", "veces"));
            if (!another || number == null || !only || clauses.isEmpty() || piece.corrects) {
                return false;
            }
            Piece again = new Piece();
            clauses.getLast().piece.items.stream()
                    .filter(i -> !i.token().isNumeric() && !i.is("TIMES"))
                    .forEach(again.items::add);
            again.items.add(number);
            Clause clause = Clause.of(again, skills, last, items);
            if (clause == null || !clause.isWhole()) {
                return false;
            }
            clause.condition = clauses.getLast().condition;
            clauses.add(clause);
            why.add("once more: " + piece);
            return true;
        }

        /** "left turn, fifteen degrees": how much of what was said just before. */
        private boolean told(Clause clause, Piece piece) {
            Clause before = clauses.isEmpty() ? null : clauses.getLast();
            boolean amount =
                    piece.items.stream()
                            .allMatch(i -> i.token().isNumeric() || !Clause.meaningful(i));
            if (before == null
                    || !before.equals(last)
                    || before.skill != clause.skill
                    || piece.joined
                    || piece.corrects
                    || !amount
                    || before.piece.items.stream().anyMatch(i -> i.token().isNumeric())) {
                return false;
            }
            Piece whole = new Piece();
            whole.items.addAll(before.piece.items);
            whole.items.addAll(piece.items);
            Clause both = Clause.of(whole, skills, null, items);
            if (both == null || both.skill != before.skill || !both.isWhole()) {
                return false;
            }
            both.condition = before.condition;
            clauses.set(clauses.size() - 1, both);
            last = both;
            why.add("that much: " + piece);
            return true;
        }

        /** "stop stop stop", "dance! dance!": said with emphasis, meant once. */
        private boolean same(Clause clause) {
            return !clauses.isEmpty()
                    && clause.value == null
                    && clause.isWhole()
                    && clauses.getLast().skill == clause.skill
                    && clauses.getLast().value == null
                    && !clause.piece.joined
                    && clause.condition == null;
        }

        /** "go there": the place that was spoken of. */
        private void anaphora(Piece piece) {
            boolean there =
                    piece.items.stream().anyMatch(i -> i.word("there", "alli", "alla", "ahi"));
            boolean named = piece.items.stream().anyMatch(i -> !i.names().isEmpty());
            Item place = mentioned;
            boolean going = piece.items.stream().anyMatch(i -> i.isVerb() && i.is("goto"));
            if (there && !named && going && place != null && clauses.isEmpty()) {
                piece.items.add(place);
            }
        }

        /** "when you get to the kitchen": a place to be first. */
        private boolean arrives(Piece piece) {
            boolean place =
                    piece.items.stream()
                            .anyMatch(i ->
                                    i.names().stream()
                                            .anyMatch(
                                                    n -> n.whole() && n.skill().kind == Kind.GOTO));
            return place
                    && piece.items.stream()
                            .anyMatch(i ->
                                    i.token()
                                            .plain()
                                            .matches(
                                                    "get|reach|arrive|arrived|reached|there|at|you're|llegu?e?s?|llegas|estes|alcances"));
        }

        private void negated(Piece piece, @Nullable Clause clause) {
            why.add("not: " + piece);
            boolean moves =
                    piece.items.stream()
                            .anyMatch(i -> i.isVerb() && (i.is("drive") || i.is("goto")));
            boolean time =
                    piece.items.stream()
                            .anyMatch(i ->
                                    i.token().unit() != null
                                            && i.token().unit().dimension()
                                                    == dev.outrider.model.Unit.Dimension.TIME);
            if (moves && time) {
                // "do not move for 10 seconds"
                Piece still = new Piece();
                piece.items.stream().filter(i -> !i.isVerb()).forEach(still.items::add);
                Clause wait = Clause.of(still, skills, last, items);
                if (wait != null && wait.skill.kind == Kind.WAIT && wait.isWhole()) {
                    clauses.add(wait);
                    last = wait;
                }
                return;
            }
            if (clause != null && piece.corrects && last != null && last.skill == clause.skill) {
                drop();
            }
            if (clause != null) {
                last = clauses.isEmpty() ? clause : last;
            }
        }

        private void drop() {
            if (!clauses.isEmpty()) {
                why.add("taken back: " + clauses.getLast());
                clauses.removeLast();
                last = clauses.isEmpty() ? last : clauses.getLast();
            }
        }

        private Clause repaired(Clause clause, Piece piece) {
            Clause old = last;
            boolean sameSkill = old != null && old.skill == clause.skill;
            boolean ownVerb =
                    piece.items.stream().anyMatch(i -> i.isVerb() && clause.skill.weight(i) > 1);
            drop();
            if (old != null && sameSkill && !ownVerb) {
                Piece merged = new Piece();
                boolean side =
                        piece.has("LEFT")
                                || piece.has("RIGHT")
                                || piece.has("FORWARD")
                                || piece.has("BACK");
                boolean amount = piece.items.stream().anyMatch(i -> i.token().isNumeric());
                boolean named = piece.items.stream().anyMatch(i -> !i.names().isEmpty());
                for (Item item : old.piece.items) {
                    boolean replaced =
                            (side
                                            && (item.is("LEFT")
                                                    || item.is("RIGHT")
                                                    || item.is("FORWARD")
                                                    || (item.is("BACK") && !item.isVerb())))
                                    || (amount && item.token().isNumeric())
                                    || (named && !item.names().isEmpty());
                    if (!replaced) {
                        merged.items.add(item);
                    }
                }
                merged.items.addAll(piece.items);
                merged.joined = piece.joined;
                merged.corrects = true;
                Clause again = Clause.of(merged, skills, old, items);
                if (again != null && again.skill == clause.skill && again.isWhole()) {
                    again.condition = old.condition;
                    return again;
                }
            }
            return clause;
        }

        /** "leave it on the table": first to be there. */
        private void place(Clause clause) {
            if (clause.skill.kind != Kind.RELEASE) {
                return;
            }
            Item place =
                    clause.piece.items.stream()
                            .filter(i ->
                                    i.names().stream()
                                            .anyMatch(
                                                    n -> n.whole() && n.skill().kind == Kind.GOTO))
                            .findFirst()
                            .orElse(null);
            if (place == null
                    || clause.piece.items.stream()
                            .noneMatch(i ->
                                    i.word(
                                            "in", "at", "on", "by", "en", "sobre", "junto", "near",
                                            "inside", "onto", "into"))) {
                return;
            }
            Piece way = new Piece();
            way.items.add(place);
            Clause going = Clause.of(way, skills, null, items);
            if (going != null
                    && going.isWhole()
                    && (clauses.isEmpty()
                            || clauses.getLast().skill != going.skill
                            || !clauses.getLast()
                                    .action()
                                    .arguments()
                                    .equals(going.action().arguments()))) {
                going.condition = clause.condition;
                clauses.add(going);
            }
        }

        /** Whether the piece says no more than how often; then what came before it is repeated. */
        private boolean repeats(Piece piece) {
            int count = 0;
            boolean again = piece.has("AGAIN") || piece.has("REPEAT");
            boolean whole = piece.has("WHOLE") || piece.has("REPEAT");
            for (int i = 0; i < piece.items.size(); i++) {
                Item item = piece.items.get(i);
                Item left = i > 0 ? piece.items.get(i - 1) : item;
                if (item.is("TWICE")) {
                    count = 2;
                } else if (item.is("TIMES") && left.token().kind() == Token.Kind.NUMBER) {
                    count = (int) left.token().number();
                } else if (piece.has("REPEAT") && item.token().kind() == Token.Kind.NUMBER) {
                    count = (int) item.token().number();
                }
            }
            if (count == 0 && !again) {
                return false;
            }
            boolean more =
                    piece.items.stream()
                            .anyMatch(i ->
                                    Clause.meaningful(i)
                                            && !i.token().isNumeric()
                                            && !i.is("TIMES")
                                            && !i.is("TWICE")
                                            && !i.is("AGAIN")
                                            && !i.is("REPEAT")
                                            && !i.is("WHOLE")
                                            && !i.is("DO")
                                            && !i.is("REASON")
                                            && !i.is("object")
                                            && !i.word(
                                                    "till",
                                                    "until",
                                                    "done",
                                                    "over",
                                                    "meanwhile",
                                                    "between",
                                                    "blinks"));
            if (more) {
                return false;
            }
            if (clauses.isEmpty()) {
                question = "repeat what";
                why.add("nothing to repeat: " + piece);
                return true;
            }
            why.add("repeated: " + piece);
            int total = count == 0 ? 2 : count;
            List<Clause> once =
                    whole || (again && count == 0)
                            ? List.copyOf(clauses)
                            : List.of(clauses.getLast());
            if (once.size() == 1 && once.getFirst().skill.takesCount() && count > 0) {
                once.getFirst().value = new dev.outrider.model.Value.Quantity(count);
                return true;
            }
            for (int i = 1; i < Math.min(total, Plan.MAX_ACTIONS + 2); i++) {
                clauses.addAll(once);
            }
            return true;
        }

        private boolean believable(Clause clause) {
            boolean doing = clause.piece.items.stream().anyMatch(i -> i.isVerb() && i.is("DO"));
            boolean faint = clause.piece.items.getFirst().isVerb() && clause.score > 1.9;
            int most = clause.hasVerb() ? 4 : doing ? 2 : clause.score > 3.5 || faint ? 1 : 0;
            return clause.unread.size() <= most;
        }

        /** Talk that orders nothing; its words are left unread unless they mean nothing at all. */
        private void remark(Piece piece) {
            why.add("a remark: " + piece);
            pending |= piece.corrects;
            piece.items.stream()
                    .filter(i -> i.names().stream().anyMatch(n -> n.whole()))
                    .reduce((a, b) -> b)
                    .ifPresent(i -> mentioned = i);
            note(piece, "");
        }

        private void note(Piece piece, String reason) {
            List<String> words =
                    piece.items.stream()
                            .filter(Clause::meaningful)
                            .map(i -> i.token().text())
                            .toList();
            if (!words.isEmpty()) {
                unread.add(
                        String.join(" ", piece.items.stream().map(i -> i.token().text()).toList()));
            }
            if (!reason.isEmpty()) {
                why.add(reason + ": " + piece);
            }
        }

        /** "when you are ready": a condition that says nothing. */
        private boolean idle(Piece piece) {
            return piece.items.stream()
                    .noneMatch(i ->
                            Clause.meaningful(i)
                                    && !i.word(
                                            "ready",
                                            "time",
                                            "free",
                                            "arrive",
                                            "arrived",
                                            "arrives",
                                            "reach",
                                            "done",
                                            "finished",
                                            "finish",
                                            "want",
                                            "wish",
                                            "mind",
                                            "possible",
                                            "chance",
                                            "moment",
                                            "second",
                                            "sec",
                                            "minute",
                                            "bother",
                                            "trouble",
                                            "problem",
                                            "listo",
                                            "tiempo",
                                            "llegues",
                                            "llegas",
                                            "acabes",
                                            "termines",
                                            "quieres",
                                            "puedes",
                                            "puedas",
                                            "molesta",
                                            "molestia",
                                            "importa",
                                            "momento",
                                            "parece",
                                            "gustas",
                                            "gentil",
                                            "amable",
                                            "home",
                                            "back")
                                    && !i.is("VAGUE")
                                    && !i.is("DO")
                                    && i.token().unit() == null);
        }

        private boolean isQuestion(Piece piece) {
            Item first = piece.items.getFirst();
            if (piece.question) {
                boolean me = first.word("me", "nos", "te", "le") && piece.items.size() > 1;
                return !me || past(piece);
            }
            boolean wish =
                    first.word("que")
                            && !first.token().text().toLowerCase(Locale.ROOT).startsWith("qué")
                            && piece.items.size() > 1
                            && (piece.items.get(1).isVerb()
                                    || piece.items
                                            .get(1)
                                            .word(
                                                    "la", "el", "los", "las", "te", "se", "no",
                                                    "me"));
            if (first.is("WH") && !wish) {
                return true;
            }
            Item second = piece.items.size() > 1 ? piece.items.get(1) : first;
            boolean inverted =
                    second.is("SUBJECT")
                            || YOU.contains(second.token().plain())
                            || second.word("the", "we", "any", "my", "your");
            return (first.token().isWord() && QUESTION_VERBS.contains(first.token().plain()))
                    || (first.word("do", "have")
                            && ((second.is("SUBJECT") && !second.word("it", "that", "there"))
                                    || YOU.contains(second.token().plain())
                                    || second.word("we", "any")))
                    || (first.word("will", "can", "could", "would", "should") && inverted);
        }

        private boolean past(Piece piece) {
            return piece.items.stream()
                    .anyMatch(i ->
                            !i.senses().isEmpty()
                                    && i.senses().stream()
                                            .allMatch(s -> s.form() == Lexicon.Form.PAST));
        }

        /** A statement: somebody else does something, or something was done. */
        private boolean tells(Piece piece) {
            Item opening = piece.items.getFirst();
            boolean owned =
                    opening.word("my", "mi", "mis", "our", "nuestro", "nuestra")
                            && piece.items.stream()
                                    .anyMatch(i -> i.word("is", "es", "are", "son", "was", "esta"));
            if (owned) {
                return true;
            }
            for (int i = 0; i < piece.items.size(); i++) {
                Item item = piece.items.get(i);
                if (item.isOrder() && i == 0) {
                    return false;
                }
                boolean head = item.isVerb() && !item.is("FREE") && item.names().isEmpty();
                if (item.is("SUBJECT")) {
                    boolean want =
                            i + 1 < piece.items.size()
                                    && piece.items
                                            .get(i + 1)
                                            .token()
                                            .plain()
                                            .matches("(?:want|need|like|quiero|necesito).*");
                    boolean object =
                            (item.word("it") && i > 0 && piece.items.get(i - 1).isVerb())
                                    || item.word(
                                            "el", "la", "lo", "there", "cat", "dog", "gente",
                                            "baby", "boss", "people", "kids");
                    if (item.word("mi", "my")) {
                        boolean noun =
                                i == 0
                                        && piece.items.size() > 2
                                        && !piece.items.get(1).isVerb()
                                        && piece.items.get(2).isVerb();
                        if (noun) {
                            return true;
                        }
                        continue;
                    }
                    boolean accented = item.word("el") && item.token().text().equals("él");
                    if (!want && (!object || accented)) {
                        return true;
                    }
                    return false;
                }
                if (head) {
                    boolean told =
                            item.senses().stream().allMatch(s -> s.form() == Lexicon.Form.PAST);
                    String text = item.token().text();
                    boolean accent =
                            i == 0
                                    && (text.endsWith("é") || text.endsWith("ó"))
                                    && !text.endsWith("dé")
                                    && text.length() > 3
                                    && item.senses().stream()
                                            .anyMatch(s -> s.language() == Language.ES);
                    return told || (accent && text.endsWith("ó"));
                }
                if (item.senses().stream().anyMatch(s -> s.form() == Lexicon.Form.PAST)
                        && item.senses().stream().allMatch(s -> s.form() == Lexicon.Form.PAST)) {
                    return true;
                }
            }
            return false;
        }

        private Reading result() {
            List<Action> actions = new ArrayList<>();
            double confidence = 1;
            String ask = question;
            for (Clause clause : clauses) {
                unread.addAll(clause.unread);
                unread.addAll(clause.doubts);
                confidence = Math.min(confidence, sure(clause));
                if (!clause.isWhole()) {
                    ask = ask.isEmpty() ? clause.missing : ask;
                } else {
                    int times = Math.min(clause.times, Plan.MAX_ACTIONS + 2);
                    for (int i = 0; i < times; i++) {
                        actions.add(clause.action());
                    }
                }
            }
            if (actions.isEmpty() && ask.isEmpty()) {
                ask = "what do you mean";
            }
            confidence *= Math.pow(0.8, Math.min(5, unread.size()));
            boolean nothing = !ask.isEmpty();
            List<String> distinct = unread.stream().distinct().toList();
            return new Reading(
                    nothing ? Plan.NONE : new Plan(actions),
                    ask,
                    distinct,
                    clauses.stream()
                            .map(c -> c.strangeUnit)
                            .filter(u -> !u.isEmpty())
                            .findFirst()
                            .orElse(""),
                    nothing ? 0 : Math.max(0, Math.min(1, confidence)),
                    language,
                    why);
        }

        private static double sure(Clause clause) {
            double strength = Math.min(1, clause.score / 3.2);
            double ahead = Math.min(1, 0.4 + clause.margin / 2);
            return Math.min(strength, ahead);
        }
    }

    @Override
    public String toString() {
        return skills.stream()
                .map(s -> s.verb() + "=" + s.kind.name().toLowerCase(Locale.ROOT))
                .toList()
                .toString();
    }

    /** The kind each verb was taken for, in the order of the capabilities. */
    List<Kind> kinds() {
        return skills.stream().map(s -> s.kind).toList();
    }
}
