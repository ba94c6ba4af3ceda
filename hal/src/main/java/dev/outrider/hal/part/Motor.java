package dev.outrider.hal.part;

/**
 * A motor one can give more or less power, either way. Its safe state is no power, and braked if it
 * can.
 */
public interface Motor extends Part {

    /**
     * Sets the power until told otherwise.
     *
     * @param share of the highest power, from -1 (all, backward) to 1 (all, forward)
     */
    void power(double share);

    @Override
    default PartSheet sheet() {
        return PartSheet.actuator(
                "motor",
                "no power, braked if it can",
                PartSheet.commanded("power", "share", -1, 1));
    }
}
