package dev.outrider.reason.language;

import dev.outrider.model.Action;
import dev.outrider.model.Plan;
import dev.outrider.model.Unit;
import dev.outrider.reason.language.Skill.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one sentence, piece by piece, into the orders that it gives. */
final class Orders {

    /** Below this an order without its slot is talk, where others are whole. */
    private static final double FAINT = 2;

    private final Language language;
    private final Draft draft;
    private final Scope scope;
    private final Repetition repetition;
    private final Echo echo;
    private final Repair repair;
    private final Whereabouts whereabouts;
    private boolean swapNext;
    private boolean pending;
    private boolean justRepaired;
    private String question = "";

    /** What to ask where a correction led to nothing that this robot has. */
    private String astray = "";

    Orders(List<Skill> skills, List<Item> items, Language language) {
        this.language = language;
        this.draft = new Draft(skills, items);
        this.scope = new Scope(draft);
        this.repetition = new Repetition(draft);
        this.echo = new Echo(draft);
        this.repair = new Repair(draft);
        this.whereabouts = new Whereabouts(draft);
    }

    Reading reading() {
        for (Piece piece : Splitter.pieces(draft.items)) {
            take(piece);
            if (piece.endsSentence) {
                scope.endSentence();
                repetition.repeatAhead();
            }
        }
        repetition.repeatAhead();
        return result();
    }

    private void take(Piece piece) {
        Scope.Effect effect = scope.enter(piece);
        switch (effect) {
            case NONE, CONDITION -> {}
            case DONE -> {
                return;
            }
            case UNCLEAR -> {
                question = "unclear condition";
                return;
            }
            case ARRIVAL -> {
                order(piece);
                return;
            }
        }
        if (piece.cancels) {
            draft.drop();
        }
        if (piece.isEmpty()) {
            return;
        }
        if (piece.reason) {
            draft.why.add("a reason: " + piece);
            return;
        }
        if (piece.corrects && draft.last != null) {
            Repair.halved(piece, draft.last);
        }
        if (effect != Scope.Effect.CONDITION && Talk.isQuestion(piece)) {
            remark(piece);
            return;
        }
        if (repetition.repeats(piece)) {
            return;
        }
        if (Talk.looksAtBattery(piece)) {
            scope.ask();
            return;
        }
        if (Talk.tells(piece)) {
            remark(piece);
            return;
        }
        order(piece);
    }

    private void order(Piece piece) {
        if (echo.more(piece)) {
            return;
        }
        whereabouts.anaphora(piece);
        Clause clause = draft.clause(piece, draft.last);
        if (piece.negated) {
            negated(piece, clause);
            return;
        }
        if (repetition.shape(piece)) {
            return;
        }
        boolean renamed =
                clause != null
                        && (piece.corrects || pending)
                        && clause.isWhole()
                        && clause.unread.size() == 1;
        if (clause == null || (!believable(clause) && !renamed)) {
            unfit(piece, clause);
            return;
        }
        if (echo.told(clause, piece)) {
            return;
        }
        boolean still =
                justRepaired
                        && !piece.joined
                        && !clause.hasVerb()
                        && draft.last != null
                        && draft.last.skill == clause.skill;
        boolean corrects = piece.corrects || pending || still;
        pending = false;
        justRepaired = false;
        if (echo.restates(clause)) {
            draft.why.add("said again: " + piece);
            return;
        }
        boolean faint = !clause.isWhole() && clause.score < 2 && !draft.clauses.isEmpty();
        if (faint) {
            remark(piece);
            return;
        }
        if (corrects && draft.last != null) {
            clause = repair.repaired(clause, piece);
            justRepaired = true;
            astray = "";
        }
        scope.apply(clause);
        draft.why.add(clause.toString());
        if (echo.same(clause)) {
            return;
        }
        add(clause, piece);
    }

    /** Puts an order in its place: after the others, or before one that was to come later. */
    private void add(Clause clause, Piece piece) {
        boolean both =
                clause.times > 1
                        && piece.joined
                        && !draft.clauses.isEmpty()
                        && ((draft.clauses.getLast().value == null
                                        && draft.clauses.getLast().piece.items.stream()
                                                        .filter(Clause::meaningful)
                                                        .count()
                                                == 1)
                                || (!clause.hasVerb()
                                        && draft.clauses.getLast().skill == clause.skill));
        if (both) {
            // "open and close the claw twice", "red and off twice": both, each time
            Clause pair = draft.clauses.getLast();
            int times = clause.times;
            clause.times = 1;
            draft.clauses.add(clause);
            for (int i = 1; i < Math.min(times, Plan.MAX_ACTIONS); i++) {
                draft.clauses.add(pair);
                draft.clauses.add(clause);
            }
            draft.last = clause;
            return;
        }
        whereabouts.place(clause);
        boolean earlier =
                (piece.after && !draft.clauses.isEmpty()) || (swapNext && !draft.clauses.isEmpty());
        if (earlier) {
            draft.clauses.add(draft.clauses.size() - 1, clause);
        } else {
            draft.clauses.add(clause);
        }
        swapNext = piece.before && draft.clauses.size() == 1;
        draft.last = clause;
        whereabouts.mention(piece);
    }

    /** Words that no skill speaks for: talk, or an order that this robot cannot carry out. */
    private void unfit(Piece piece, @Nullable Clause clause) {
        boolean away =
                draft.last != null
                        && draft.last.skill.kind == Kind.GOTO
                        && piece.items.size() > 1
                        && piece.items.getFirst().word("to", "a", "al", "hasta")
                        && piece.items.stream().noneMatch(Item::isVerb);
        boolean leads = piece.corrects || pending || away;
        remark(piece);
        if (leads && draft.last != null && piece.items.stream().anyMatch(Clause::meaningful)) {
            astray =
                    switch (draft.last.skill.kind) {
                        case GOTO -> "where to";
                        case LAMP -> "which colour";
                        default -> "cannot " + piece;
                    };
        }
        Item head = piece.items.stream().filter(Clause::meaningful).findFirst().orElse(null);
        if (clause == null
                && !piece.announces
                && head != null
                && piece.items.getFirst().equals(head)
                && orders(head, piece)
                && question.isEmpty()) {
            // an order that no skill can carry out; half of what was asked is not done
            question = "cannot " + piece;
        }
    }

    private boolean orders(Item head, Piece piece) {
        boolean strange =
                piece.items.stream()
                        .anyMatch(i ->
                                i.token().isWord() && i.senses().isEmpty() && i.names().isEmpty());
        return head.token().isWord()
                && head.senses().stream()
                        .anyMatch(s ->
                                s.form() == Lexicon.Form.VERB
                                        && !s.weak()
                                        && (Character.isLowerCase(s.concept().charAt(0))
                                                || (s.concept().equals("DO") && strange)));
    }

    private void negated(Piece piece, @Nullable Clause clause) {
        draft.why.add("not: " + piece);
        boolean moves =
                piece.items.stream().anyMatch(i -> i.isVerb() && (i.is("drive") || i.is("goto")));
        boolean time =
                piece.items.stream()
                        .anyMatch(i ->
                                i.token().unit() != null
                                        && i.token().unit().dimension() == Unit.Dimension.TIME);
        if (moves && time) {
            // "do not move for 10 seconds"
            Piece still = new Piece();
            piece.items.stream().filter(i -> !i.isVerb()).forEach(still.items::add);
            Clause wait = draft.clause(still, draft.last);
            if (wait != null && wait.skill.kind == Kind.WAIT && wait.isWhole()) {
                draft.clauses.add(wait);
                draft.last = wait;
            }
            return;
        }
        if (clause != null
                && piece.corrects
                && draft.last != null
                && draft.last.skill == clause.skill) {
            draft.drop();
        }
        if (clause != null) {
            draft.last = draft.clauses.isEmpty() ? clause : draft.last;
        }
    }

    private boolean believable(Clause clause) {
        boolean doing = clause.piece.items.stream().anyMatch(i -> i.isVerb() && i.is("DO"));
        boolean faint = clause.piece.items.getFirst().isVerb() && clause.score > 1.9;
        int most = clause.hasVerb() ? 4 : doing ? 2 : clause.score > 3.5 || faint ? 1 : 0;
        return clause.unread.size() <= most;
    }

    /**
     * Talk that orders nothing; its words are left draft.unread unless they mean nothing at all.
     */
    private void remark(Piece piece) {
        draft.why.add("a remark: " + piece);
        pending |= piece.corrects;
        whereabouts.mention(piece);
        draft.note(piece, "");
    }

    private Reading result() {
        List<Action> actions = new ArrayList<>();
        double confidence = 1;
        if (repetition.isUnclear() && question.isEmpty()) {
            question = "repeat what";
        }
        String ask = question.isEmpty() ? astray : question;
        draft.unread.addAll(scope.dangling());
        boolean sound = draft.clauses.stream().anyMatch(c -> c.isWhole() && c.score >= FAINT);
        draft.clauses.removeIf(c -> {
            boolean talk = sound && !c.isWhole() && c.score < FAINT;
            if (talk) {
                draft.note(c.piece, "talk");
            }
            return talk;
        });
        for (Clause clause : draft.clauses) {
            draft.unread.addAll(clause.unread);
            draft.unread.addAll(clause.doubts);
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
        confidence *= Math.pow(0.8, Math.min(5, draft.unread.size()));
        boolean nothing = !ask.isEmpty();
        List<String> distinct = draft.unread.stream().distinct().toList();
        return new Reading(
                nothing ? Plan.NONE : new Plan(actions),
                ask,
                !astray.isEmpty(),
                distinct,
                draft.clauses.stream()
                        .map(c -> c.strangeUnit)
                        .filter(u -> !u.isEmpty())
                        .findFirst()
                        .orElse(""),
                nothing ? 0 : Math.max(0, Math.min(1, confidence)),
                language,
                draft.why);
    }

    private static double sure(Clause clause) {
        double strength = Math.min(1, clause.score / 3.2);
        double ahead = Math.min(1, 0.4 + clause.margin / 2);
        return Math.min(strength, ahead);
    }
}
