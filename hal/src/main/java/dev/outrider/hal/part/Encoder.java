package dev.outrider.hal.part;

/** Counts how far a wheel has turned. */
public interface Encoder extends Part {

    /** Ticks forward less ticks backward since it was made. */
    long ticks();

    @Override
    default void rest() {}
}
