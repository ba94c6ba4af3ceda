package dev.outrider.reason.language;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has been read of a sentence so far: the orders, the words left over, and why. */
final class Draft {

    /** Every item of the sentence. */
    final List<Item> items;

    final List<Clause> clauses = new ArrayList<>();
    final List<String> unread = new ArrayList<>();
    final List<String> why = new ArrayList<>();

    /** The order that was read last, taken back or not. */
    @Nullable Clause last;

    private final List<Skill> skills;

    Draft(List<Skill> skills, List<Item> items) {
        this.skills = skills;
        this.items = items;
    }

    /** The order of a piece, or null where it speaks for no skill. */
    @Nullable Clause clause(Piece piece, @Nullable Clause before) {
        return Clause.of(piece, skills, before, items);
    }

    /** Takes the last order back. */
    void drop() {
        if (!clauses.isEmpty()) {
            why.add("taken back: " + clauses.getLast());
            clauses.removeLast();
            last = clauses.isEmpty() ? last : clauses.getLast();
        }
    }

    /**
     * Counts the words of a piece as left unread.
     *
     * @param reason for people; empty if there is none to tell
     */
    void note(Piece piece, String reason) {
        List<String> words =
                piece.items.stream().filter(Clause::meaningful).map(i -> i.token().text()).toList();
        if (!words.isEmpty()) {
            unread.add(String.join(" ", piece.items.stream().map(i -> i.token().text()).toList()));
        }
        if (!reason.isEmpty()) {
            why.add(reason + ": " + piece);
        }
    }
}
