package dev.outrider.reason.language;

import dev.outrider.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Conditions on what was just found out: "if you see a person", "si pone peligro". */
final class Findings {

    private static final Set<String> SENSING = Words.of("sensing");

    private static final Set<String> AROUND_IT = Words.of("around a finding");

    private static final int MOST_WORDS = 3;

    private Findings() {}

    /**
     * Takes a condition off the front of a piece.
     *
     * @param pictures whether it was pictures that were looked at, in which only known kinds of
     *     things are found
     * @return empty if the piece begins with none; it is unchanged then
     */
    static Optional<Condition> read(Piece piece, boolean pictures) {
        List<Item> items = piece.items;
        boolean sensing = false;
        int at = 0;
        while (at < items.size()) {
            String word = items.get(at).token().plain();
            sensing |= SENSING.contains(word);
            if (!SENSING.contains(word) && !AROUND_IT.contains(word)) {
                break;
            }
            at++;
        }
        if (!sensing) {
            return Optional.empty();
        }
        for (int words = Math.min(MOST_WORDS, items.size() - at); words > 0; words--) {
            String said = words(items.subList(at, at + words));
            Optional<String> found = pictures ? Things.kind(said) : Optional.of(said);
            if (found.isPresent()) {
                List<Item> rest = new ArrayList<>(items.subList(at + words, items.size()));
                items.clear();
                items.addAll(rest);
                return found.map(Condition.Found::new);
            }
        }
        return Optional.empty();
    }

    private static String words(List<Item> items) {
        return String.join(" ", items.stream().map(i -> i.token().plain()).toList());
    }
}
