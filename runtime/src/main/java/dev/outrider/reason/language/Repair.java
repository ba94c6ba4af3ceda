package dev.outrider.reason.language;

import dev.outrider.model.Unit;
import java.util.List;
import java.util.Set;

/** What "no, I mean …" makes of the order before it. */
final class Repair {

    private final Draft draft;

    Repair(Draft draft) {
        this.draft = draft;
    }

    /** What a correction makes of the last order, which is taken back. */
    Clause repaired(Clause clause, Piece piece) {
        Clause old = draft.last;
        boolean sameSkill = old != null && old.skill == clause.skill;
        boolean ownVerb =
                piece.items.stream().anyMatch(i -> i.isVerb() && clause.skill.weight(i) > 1);
        draft.drop();
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
            Clause again = draft.clause(merged, old);
            if (again != null && again.skill == clause.skill && again.isWhole()) {
                again.condition = old.condition;
                return again;
            }
        }
        return clause;
    }

    /** "a metre, or rather half": half of the unit that was said. */
    static void halved(Piece piece, Clause before) {
        Unit own = before.skill.unit();
        if (own == null) {
            return;
        }
        Unit said = own;
        for (Item item : before.piece.items) {
            Unit unit = item.token().unit();
            said = unit != null && unit.dimension() == own.dimension() ? unit : said;
        }
        Token half = Token.quantity(0.5, said, true);
        piece.items.replaceAll(i ->
                i.word("half", "medio", "media") && i.names().isEmpty()
                        ? new Item(half, Set.of(), List.of())
                        : i);
    }
}
