package dev.outrider.model;

import java.util.List;

/** Actions in the order they are carried out; {@link #NONE} where nothing was planned. */
public record Plan(List<Action> actions) {

    /** The most actions a plan may have. */
    public static final int MAX_ACTIONS = 32;

    /** No action at all. */
    public static final Plan NONE = new Plan(List.of());

    public Plan {
        actions = List.copyOf(actions);
    }

    public static Plan of(Action... actions) {
        return new Plan(List.of(actions));
    }

    public boolean isEmpty() {
        return actions.isEmpty();
    }
}
