package dev.outrider.hal.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every motor keeps to. */
public abstract class MotorContract extends PartContract {

    @Override
    protected abstract Motor part();

    /** The power it really gets, -1..1; 0 at rest. */
    protected abstract double drawn();

    /** The smallest difference in power that it makes. */
    protected double step() {
        return 1e-4;
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -0.3, 0, 0.001, 0.5, 1})
    void getsThePowerItIsTold(double share) {
        part().power(share);

        assertThat(drawn()).isCloseTo(share, within(step()));
    }

    @Test
    void getsNoPowerAtRest() {
        Motor motor = part();
        motor.power(0.7);

        motor.rest();

        assertThat(drawn()).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.01, -1.01, Double.NaN})
    void refusesMoreThanAll(double share) {
        Motor motor = part();

        assertThatThrownBy(() -> motor.power(share)).isInstanceOf(IllegalArgumentException.class);
        assertThat(drawn()).isZero();
    }
}
