package dev.outrider.reason.language;

import dev.outrider.reason.language.Skill.Kind;

/** Orders that lean on the one before them: said again, told how much, or once more. */
final class Echo {

    private final Draft draft;

    Echo(Draft draft) {
        this.draft = draft;
    }

    /** "…, drive it", "… and keep still": the order before it once more, without its slot. */
    boolean restates(Clause clause) {
        if (clause.isWhole() || draft.clauses.isEmpty()) {
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
                draft.clauses.getLast().skill == clause.skill
                        && draft.clauses.getLast().isWhole()
                        && !clause.piece.corrects;
        return !named && (same || still);
    }

    /** "left turn, fifteen degrees": how much of what was said just before. */
    boolean told(Clause clause, Piece piece) {
        Clause before = draft.clauses.isEmpty() ? null : draft.clauses.getLast();
        boolean amount =
                piece.items.stream().allMatch(i -> i.token().isNumeric() || !Clause.meaningful(i));
        if (before == null
                || !before.equals(draft.last)
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
        Clause both = draft.clause(whole, null);
        if (both == null || both.skill != before.skill || !both.isWhole()) {
            return false;
        }
        both.condition = before.condition;
        draft.clauses.set(draft.clauses.size() - 1, both);
        draft.last = both;
        draft.why.add("that much: " + piece);
        return true;
    }

    /** "stop stop stop", "dance! dance!": said with emphasis, meant once. */
    boolean same(Clause clause) {
        return !draft.clauses.isEmpty()
                && clause.value == null
                && clause.isWhole()
                && draft.clauses.getLast().skill == clause.skill
                && draft.clauses.getLast().value == null
                && !clause.piece.joined
                && clause.condition == null;
    }

    /** "and another two", "y luego otras dos": the draft.last order again with another number. */
    boolean more(Piece piece) {
        boolean another =
                piece.items.stream()
                        .anyMatch(i ->
                                i.word("another", "otros", "otras", "more", "mas", "otro", "otra"));
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
                                        && !i.word("another", "otros", "otras", "times", "veces"));
        if (!another || number == null || !only || draft.clauses.isEmpty() || piece.corrects) {
            return false;
        }
        Piece again = new Piece();
        draft.clauses.getLast().piece.items.stream()
                .filter(i -> !i.token().isNumeric() && !i.is("TIMES"))
                .forEach(again.items::add);
        again.items.add(number);
        Clause clause = draft.clause(again, draft.last);
        if (clause == null || !clause.isWhole()) {
            return false;
        }
        clause.condition = draft.clauses.getLast().condition;
        draft.clauses.add(clause);
        draft.why.add("once more: " + piece);
        return true;
    }
}
