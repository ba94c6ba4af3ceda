package dev.outrider.hal.health;

/**
 * What a Raspberry Pi's firmware holds back right now (the low bits of {@code vcgencmd
 * get_throttled}).
 *
 * @param underVoltage the supply is below 4.63 V
 * @param capped the clock may not go as high as it could
 * @param throttled the clock is lowered
 * @param softLimit the soft temperature limit is reached
 */
public record Throttling(
        boolean underVoltage, boolean capped, boolean throttled, boolean softLimit) {

    static Throttling of(long bits) {
        return new Throttling((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0);
    }

    /** Whether the machine is slower than it could be. */
    public boolean slowed() {
        return capped || throttled || softLimit;
    }
}
