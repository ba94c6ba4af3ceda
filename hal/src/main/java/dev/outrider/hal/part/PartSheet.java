package dev.outrider.hal.part;

import java.util.List;

/**
 * What a part says of itself before it does anything: its capabilities with their units and limits,
 * and what it does when nobody looks after it.
 *
 * @param kind of part, such as {@code motor}
 * @param safeState what {@link Part#rest()} leaves it at, in a few words
 * @param quantities what it can be told and what it measures
 */
public record PartSheet(String kind, String safeState, List<Quantity> quantities) {

    private static final String NOTHING_MOVES = "none needed, it moves nothing";

    /** Whether a quantity is told to the part or comes from it. */
    public enum Direction {
        COMMANDED,
        MEASURED
    }

    /**
     * One thing a part can be told or measures.
     *
     * @param unit SI, but for degrees and shares of a whole; a state is a share of 0 or 1
     * @param least smallest value it takes or gives
     * @param most largest one
     */
    public record Quantity(
            String name, Direction direction, String unit, double least, double most) {

        public Quantity {
            if (name.isBlank() || unit.isBlank() || !(least < most)) {
                throw new IllegalArgumentException(
                        "a quantity needs a name, a unit and limits, not %s in %s within %s..%s"
                                .formatted(name, unit, least, most));
            }
        }

        /** Whether the value lies within the limits. */
        public boolean holds(double value) {
            return value >= least && value <= most;
        }
    }

    public PartSheet {
        quantities = List.copyOf(quantities);
        if (kind.isBlank() || safeState.isBlank() || quantities.isEmpty()) {
            throw new IllegalArgumentException(
                    "a part needs a kind, a safe state and at least one quantity");
        }
    }

    /** A part that moves or switches something. */
    public static PartSheet actuator(String kind, String safeState, Quantity... quantities) {
        return new PartSheet(kind, safeState, List.of(quantities));
    }

    /** A part that only measures. */
    public static PartSheet sensor(String kind, Quantity... quantities) {
        return new PartSheet(kind, NOTHING_MOVES, List.of(quantities));
    }

    public static Quantity commanded(String name, String unit, double least, double most) {
        return new Quantity(name, Direction.COMMANDED, unit, least, most);
    }

    public static Quantity measured(String name, String unit, double least, double most) {
        return new Quantity(name, Direction.MEASURED, unit, least, most);
    }

    /**
     * The quantity with that name.
     *
     * @throws IllegalArgumentException naming those there are, if there is none
     */
    public Quantity quantity(String name) {
        return quantities.stream()
                .filter(quantity -> quantity.name.equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "a %s has no %s, only %s"
                                        .formatted(
                                                kind,
                                                name,
                                                quantities.stream().map(Quantity::name).toList())));
    }
}
