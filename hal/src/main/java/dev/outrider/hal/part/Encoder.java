package dev.outrider.hal.part;

/** Counts how far a wheel has turned. */
public interface Encoder extends Part {

    /** Ticks forward less ticks backward since it was made. */
    long ticks();

    @Override
    default PartSheet sheet() {
        return PartSheet.sensor(
                "encoder", PartSheet.measured("ticks", "ticks", Long.MIN_VALUE, Long.MAX_VALUE));
    }

    @Override
    default void rest() {}
}
