package dev.outrider.reason.language;

import dev.outrider.model.Condition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which condition an order depends on, as a sentence goes on. */
final class Scope {

    /** What a piece is to the conditions. */
    enum Effect {
        /** It has nothing to do with them. */
        NONE,
        /** It began with a condition, which its other words depend on. */
        CONDITION,
        /** There is nothing more to read in it. */
        DONE,
        /** It is a condition that this robot cannot look at. */
        UNCLEAR,
        /** "when you get to the kitchen": a place to be first. */
        ARRIVAL
    }

    private final Draft draft;
    private @Nullable Condition condition;
    private double bound = Double.NaN;
    private boolean used;
    private boolean asked;
    private boolean finding;

    /** The words of a condition that nothing depends on yet. */
    private String dangling = "";

    Scope(Draft draft) {
        this.draft = draft;
    }

    /** The battery was spoken of: what follows may be a condition on it without its name. */
    void ask() {
        asked = true;
    }

    /** A sentence ends: a condition that something depended on holds no longer. */
    void endSentence() {
        if (used) {
            condition = null;
        }
    }

    /** Makes an order depend on the condition that holds, if any. */
    void apply(Clause clause) {
        if (condition != null) {
            clause.condition = condition;
            used = true;
            dangling = "";
        }
    }

    /** The words of a condition that nothing depended on in the end. */
    List<String> dangling() {
        return dangling.isEmpty() ? List.of() : List.of(dangling);
    }

    /** Takes what a piece says of conditions out of it. */
    Effect enter(Piece piece) {
        String words = piece.toString();
        Condition own = Conditions.read(piece, bound, asked || !Double.isNaN(bound));
        if (own != null) {
            return conditioned(piece, own, words);
        }
        if (piece.otherwise && (finding || !Double.isNaN(bound))) {
            Condition first =
                    draft.clauses.stream()
                            .map(c -> c.condition)
                            .filter(Objects::nonNull)
                            .reduce((a, b) -> b)
                            .orElse(condition);
            condition = first == null ? null : Conditions.opposite(first);
            used = false;
            return Effect.NONE;
        }
        if (piece.otherwise) {
            // "si no ves a nadie": no else, but a condition of its own
            Optional<Condition> missing = finding(piece).map(Conditions::opposite);
            if (missing.isPresent()) {
                return conditioned(piece, missing.get(), words);
            }
        }
        if (!piece.conditional || piece.isEmpty()) {
            return Effect.NONE;
        }
        if (Whereabouts.arrives(piece)) {
            return Effect.ARRIVAL;
        }
        Optional<Condition> found = finding(piece);
        if (found.isPresent()) {
            return conditioned(piece, found.get(), words);
        }
        if (Talk.idle(piece)) {
            return Effect.DONE;
        }
        draft.note(piece, "a condition on nothing that this robot measures or finds out");
        return Effect.UNCLEAR;
    }

    /** A condition on what an order before finds out. */
    private Optional<Condition> finding(Piece piece) {
        Skill observing =
                draft.clauses.stream()
                        .map(c -> c.skill)
                        .filter(s -> s.capability.observes())
                        .reduce((a, b) -> b)
                        .orElse(null);
        return observing == null
                ? Optional.empty()
                : Findings.read(piece, observing.verb().equals("look"));
    }

    private Effect conditioned(Piece piece, Condition own, String words) {
        bound = Conditions.bound(own);
        finding = own.onFinding();
        boolean turned = piece.unless ^ (piece.conditional && piece.negated);
        piece.negated &= !piece.conditional;
        Condition holds = turned ? Conditions.opposite(own) : own;
        asked = true;
        dangling = words;
        boolean alone =
                piece.items.stream().noneMatch(Clause::meaningful)
                        && !draft.clauses.isEmpty()
                        && condition == null
                        && (!piece.joined || piece.contrasts)
                        && !piece.question
                        && !(own.onFinding()
                                && draft.clauses.getLast().skill.capability.observes());
        if (alone && !used && draft.clauses.getLast().condition == null) {
            // "dock if the battery is low": what was said before depends on it
            Clause before = draft.clauses.getLast();
            before.condition = holds;
            dangling = "";
            draft.why.add("on condition: " + before);
            return Effect.DONE;
        }
        condition = holds;
        used = false;
        return Effect.CONDITION;
    }
}
