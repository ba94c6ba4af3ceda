package dev.outrider.hal.part;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What every encoder keeps to. */
public abstract class EncoderContract extends PartContract {

    @Override
    protected abstract Encoder part();

    /** Turns the wheel by exactly so many ticks. */
    protected abstract void roll(int ticks);

    @Test
    void beginsAtZero() {
        assertThat(part().ticks()).isZero();
    }

    @Test
    void countsForwardAndBackward() {
        Encoder encoder = part();

        roll(28);
        long forward = encoder.ticks();
        roll(-35);

        assertThat(forward).isEqualTo(28);
        assertThat(encoder.ticks()).isEqualTo(-7);
    }
}
