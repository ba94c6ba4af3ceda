package dev.outrider.hal.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** What every range sensor keeps to. */
public abstract class RangeSensorContract extends PartContract {

    @Override
    protected abstract RangeSensor part();

    /** Puts something flat so many metres away, or takes everything out of reach. */
    protected abstract void target(double meters);

    protected abstract void nothingInReach();

    /** How far off a measurement may be, in metres. */
    protected abstract double accuracy();

    @Test
    void measuresTheDistance() {
        RangeSensor sensor = part();

        target(0.8);

        assertThat(sensor.meters().orElseThrow()).isCloseTo(0.8, within(accuracy()));
    }

    @Test
    void measuresWithinTheLimitsItDeclares() {
        RangeSensor sensor = part();

        target(0.8);

        assertThat(sensor.sheet().quantity("distance").holds(sensor.meters().orElseThrow()))
                .isTrue();
    }

    @Test
    void saysSoWhenThereIsNoEcho() {
        RangeSensor sensor = part();

        nothingInReach();

        assertThat(sensor.meters()).isEmpty();
    }
}
