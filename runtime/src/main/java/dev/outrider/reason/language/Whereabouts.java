package dev.outrider.reason.language;

import dev.outrider.reason.language.Skill.Kind;
import org.jspecify.annotations.Nullable;

/** Places that an order leaves to what was said before, or names beside another deed. */
final class Whereabouts {

    private final Draft draft;
    private @Nullable Item mentioned;

    Whereabouts(Draft draft) {
        this.draft = draft;
    }

    /** Keeps the place that a piece names, for "there". */
    void mention(Piece piece) {
        piece.items.stream()
                .filter(i -> i.names().stream().anyMatch(Item.Named::whole))
                .findFirst()
                .ifPresent(i -> mentioned = i);
    }

    /** "go there": the place that was spoken of. */
    void anaphora(Piece piece) {
        boolean there = piece.items.stream().anyMatch(i -> i.word("there", "alli", "alla", "ahi"));
        boolean named = piece.items.stream().anyMatch(i -> !i.names().isEmpty());
        Item place = mentioned;
        boolean going = piece.items.stream().anyMatch(i -> i.isVerb() && i.is("goto"));
        if (there && !named && going && place != null && draft.clauses.isEmpty()) {
            piece.items.add(place);
        }
    }

    /** "when you get to the kitchen": a place to be first. */
    static boolean arrives(Piece piece) {
        boolean place =
                piece.items.stream()
                        .anyMatch(i ->
                                i.names().stream()
                                        .anyMatch(n -> n.whole() && n.skill().kind == Kind.GOTO));
        return place
                && piece.items.stream()
                        .anyMatch(i ->
                                i.token()
                                        .plain()
                                        .matches(
                                                "get|reach|arrive|arrived|reached|there|at|you're|llegu?e?s?|llegas|estes|alcances"));
    }

    /** "leave it on the table": first to be there. */
    void place(Clause clause) {
        if (clause.skill.kind != Kind.RELEASE) {
            return;
        }
        Item place =
                clause.piece.items.stream()
                        .filter(i ->
                                i.names().stream()
                                        .anyMatch(n -> n.whole() && n.skill().kind == Kind.GOTO))
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
        Clause going = draft.clause(way, null);
        if (going != null
                && going.isWhole()
                && (draft.clauses.isEmpty()
                        || draft.clauses.getLast().skill != going.skill
                        || !draft.clauses
                                .getLast()
                                .action()
                                .arguments()
                                .equals(going.action().arguments()))) {
            going.condition = clause.condition;
            draft.clauses.add(going);
        }
    }
}
