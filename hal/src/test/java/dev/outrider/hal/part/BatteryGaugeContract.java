package dev.outrider.hal.part;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What every battery gauge keeps to. */
public abstract class BatteryGaugeContract extends PartContract {

    @Override
    protected abstract BatteryGauge part();

    /** Lets the robot use its battery for a good while. */
    protected abstract void drain();

    /** Connects outside power. */
    protected abstract void connect();

    @Test
    void tellsItsChargeAsAShare() {
        assertThat(part().charge()).isBetween(0.0, 1.0);
    }

    @Test
    void fallsWhileInUse() {
        BatteryGauge gauge = part();
        double before = gauge.charge();

        drain();

        assertThat(gauge.external()).isFalse();
        assertThat(gauge.charge()).isLessThan(before);
    }

    @Test
    void noticesOutsidePower() {
        BatteryGauge gauge = part();

        connect();

        assertThat(gauge.external()).isTrue();
    }
}
