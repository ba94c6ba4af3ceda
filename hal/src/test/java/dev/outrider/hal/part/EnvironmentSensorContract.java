package dev.outrider.hal.part;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What every sensor of the air keeps to. */
public abstract class EnvironmentSensorContract extends PartContract {

    @Override
    protected abstract EnvironmentSensor part();

    @Test
    void measuresAirThatOneCanBreathe() {
        EnvironmentSensor.Air air = part().air();

        assertThat(air.celsius()).isBetween(0.0, 45.0);
        assertThat(air.pascals()).isBetween(80_000.0, 110_000.0);
        assertThat(air.humidity()).isBetween(0.1, 0.9);
    }

    @Test
    void measuresWithinTheLimitsItDeclares() {
        EnvironmentSensor sensor = part();

        EnvironmentSensor.Air air = sensor.air();

        assertThat(sensor.sheet().quantity("temperature").holds(air.celsius())).isTrue();
        assertThat(sensor.sheet().quantity("pressure").holds(air.pascals())).isTrue();
        assertThat(sensor.sheet().quantity("humidity").holds(air.humidity())).isTrue();
    }
}
