package dev.outrider.reason.language;

import dev.outrider.model.Plan;
import dev.outrider.model.Unit;
import dev.outrider.model.Value;
import dev.outrider.reason.language.Skill.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Orders that are to be done several times: "twice", "and again", "three times: …", a square. */
final class Repetition {

    private static final Set<String> AROUND_TIMES = Words.of("around times");

    private final Draft draft;

    /** How often what follows is to be done, and the first of it. */
    private int ahead = 1;

    private int aheadFrom;
    private boolean unclear;

    Repetition(Draft draft) {
        this.draft = draft;
    }

    /** Whether something is to be repeated, and nothing is there. */
    boolean isUnclear() {
        return unclear || ahead > 1;
    }

    /** "x3", "3x" and a last "por 3" as "3 times". */
    static List<Token> times(List<Token> tokens) {
        List<Token> out = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            Token next = i + 1 < tokens.size() ? tokens.get(i + 1) : token;
            boolean ends =
                    i + 2 >= tokens.size()
                            || tokens.get(i + 2).kind() == Token.Kind.MARK
                            || tokens.get(i + 2).is("and", "then", "y", "luego");
            String word = token.plain();
            boolean factor = token.is("x", "×", "por") && i > 0 && ends;
            if (token.isWord() && word.matches("x\\d{1,2}")) {
                out.addAll(Token.of(" " + word.substring(1) + " times"));
            } else if (factor && next.kind() == Token.Kind.NUMBER) {
                out.add(next);
                out.add(Token.word("times", true));
                i++;
            } else if (factor
                    && !next.is("cent", "ciento", "cien")
                    && Numerals.words().contains(next.plain())) {
                out.add(next);
                out.add(Token.word("times", true));
                i++;
            } else {
                out.add(token);
            }
        }
        return out;
    }

    /** Whether the piece says no more than how often; then what came before it is repeated. */
    boolean repeats(Piece piece) {
        int count = 0;
        boolean again = piece.has("AGAIN") || piece.has("REPEAT");
        boolean whole = piece.has("WHOLE") || piece.has("REPEAT");
        for (int i = 0; i < piece.items.size(); i++) {
            Item item = piece.items.get(i);
            Item left = i > 0 ? piece.items.get(i - 1) : item;
            if (item.is("TWICE")) {
                count = 2;
            } else if (item.is("TIMES") && left.word("couple", "par")) {
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
                                        && !i.word(AROUND_TIMES));
        if (more) {
            return false;
        }
        if ((piece.announces || draft.clauses.isEmpty()) && count > 0) {
            draft.why.add("to be done " + count + " times: " + piece);
            ahead = count;
            aheadFrom = draft.clauses.size();
            return true;
        }
        if (draft.clauses.isEmpty()) {
            unclear = true;
            draft.why.add("nothing to repeat: " + piece);
            return true;
        }
        draft.why.add("repeated: " + piece);
        boolean besides =
                piece.has("REPEAT") && piece.items.stream().anyMatch(i -> i.word("more", "mas"));
        int total = count == 0 ? 2 : besides ? count + 1 : count;
        List<Clause> once =
                whole || (again && count == 0)
                        ? List.copyOf(draft.clauses)
                        : List.copyOf(draft.clauses.subList(joinedFrom(), draft.clauses.size()));
        if (once.size() == 1 && once.getFirst().skill.takesCount() && count > 0) {
            once.getFirst().value = new Value.Quantity(count);
            return true;
        }
        for (int i = 1; i < Math.min(total, Plan.MAX_ACTIONS + 2); i++) {
            draft.clauses.addAll(once);
        }
        return true;
    }

    /** Where the orders begin that "and" joins to the draft.last one: "go to A and B, twice". */
    private int joinedFrom() {
        int from = draft.clauses.size() - 1;
        while (from > 0 && draft.clauses.get(from).piece.withAnd) {
            from--;
        }
        return from;
    }

    /** Does as often as was announced what has been read since. */
    void repeatAhead() {
        if (ahead == 1 || aheadFrom >= draft.clauses.size()) {
            return;
        }
        List<Clause> once = List.copyOf(draft.clauses.subList(aheadFrom, draft.clauses.size()));
        for (int i = 1; i < Math.min(ahead, Plan.MAX_ACTIONS + 2); i++) {
            draft.clauses.addAll(once);
        }
        ahead = 1;
    }

    /** "a square of 1 m": its sides and corners, turned to the left unless told otherwise. */
    boolean shape(Piece piece) {
        int corners =
                piece.items.stream()
                        .mapToInt(i ->
                                i.word("square", "cuadrado")
                                        ? 4
                                        : i.word("triangle", "triangulo")
                                                ? 3
                                                : i.word("hexagon", "hexagono")
                                                        ? 6
                                                        : i.word("pentagon", "pentagono") ? 5 : 0)
                        .max()
                        .orElse(0);
        Item side =
                piece.items.stream()
                        .filter(i ->
                                i.token().unit() != null
                                        && i.token().unit().dimension() == Unit.Dimension.LENGTH)
                        .findFirst()
                        .orElse(null);
        if (corners == 0 || side == null) {
            return false;
        }
        Piece straight = new Piece();
        straight.items.add(side);
        Piece corner = new Piece();
        corner.items.add(
                new Item(Token.quantity(360.0 / corners, Unit.DEGREE, true), Set.of(), List.of()));
        Item left = new Item(Token.word("left", true), Lexicon.STANDARD.senses("left"), List.of());
        corner.items.add(piece.items.stream().filter(i -> i.is("RIGHT")).findFirst().orElse(left));
        Clause drive = draft.clause(straight, null);
        Clause turn = draft.clause(corner, null);
        if (drive == null
                || turn == null
                || drive.skill.kind != Kind.DRIVE
                || turn.skill.kind != Kind.TURN) {
            return false;
        }
        drive.doubts.add(corners + " corners");
        for (int i = 0; i < corners; i++) {
            draft.clauses.add(drive);
            draft.clauses.add(turn);
        }
        draft.last = turn;
        draft.why.add("a shape of " + corners + " corners: " + piece);
        return true;
    }
}
