package dev.outrider.reason.language;

import dev.outrider.model.Condition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stretch of a sentence between joints, with what its first words make of it. */
final class Piece {

    final List<Item> items = new ArrayList<>();
    boolean question;
    boolean negated;
    boolean corrects;
    boolean cancels;
    boolean before;
    boolean after;
    boolean otherwise;
    boolean conditional;
    boolean unless;
    boolean reason;
    boolean joined;
    boolean withAnd;
    boolean contrasts;
    boolean announces;
    boolean alternative;
    int sentence;
    boolean endsSentence;
    @Nullable Condition condition;

    boolean isEmpty() {
        return items.isEmpty();
    }

    boolean has(String concept) {
        return items.stream().anyMatch(i -> i.is(concept));
    }

    @Override
    public String toString() {
        return Token.text(items.stream().map(Item::token).toList());
    }
}
