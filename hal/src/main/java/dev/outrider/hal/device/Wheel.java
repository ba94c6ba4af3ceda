package dev.outrider.hal.device;

import dev.outrider.hal.part.Encoder;
import dev.outrider.hal.part.Motor;

/**
 * A driven wheel.
 *
 * @param ticksPerMeter of its encoder, along the ground
 * @param highestMetersPerSecond its speed at full power, about
 */
public record Wheel(
        Motor motor, Encoder encoder, double ticksPerMeter, double highestMetersPerSecond) {

    public Wheel {
        if (!(ticksPerMeter > 0) || !(highestMetersPerSecond > 0)) {
            throw new IllegalArgumentException("a wheel's measures must be above zero");
        }
    }

    /** Metres it has rolled forward. */
    double meters() {
        return encoder.ticks() / ticksPerMeter;
    }
}
