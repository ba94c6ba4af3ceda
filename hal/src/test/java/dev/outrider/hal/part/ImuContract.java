package dev.outrider.hal.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** What every IMU keeps to. */
public abstract class ImuContract extends PartContract {

    @Override
    protected abstract Imu part();

    /** Stands level and still. */
    protected abstract void stand();

    /** Turns to the left on the spot at 45 °/s. */
    protected abstract void turnLeft();

    @Test
    void feelsGravityUpWhenStandingStill() {
        Imu imu = part();

        stand();

        assertThat(imu.motion().acceleration().z()).isCloseTo(Imu.GRAVITY, within(0.01));
        assertThat(imu.motion().acceleration().length()).isCloseTo(Imu.GRAVITY, within(0.01));
        assertThat(imu.motion().rate().length()).isCloseTo(0, within(0.01));
    }

    @Test
    void feelsATurnToTheLeftAsPositive() {
        Imu imu = part();

        turnLeft();

        assertThat(imu.motion().rate().z()).isCloseTo(45, within(0.1));
    }

    @Test
    void measuresWithinTheLimitsItDeclares() {
        Imu imu = part();
        turnLeft();

        Imu.Motion motion = imu.motion();

        PartSheet sheet = imu.sheet();
        assertThat(sheet.quantity("rate").holds(motion.rate().z())).isTrue();
        assertThat(sheet.quantity("acceleration").holds(motion.acceleration().z())).isTrue();
    }
}
