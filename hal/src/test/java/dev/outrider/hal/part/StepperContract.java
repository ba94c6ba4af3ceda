package dev.outrider.hal.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every stepper keeps to; the part turns at least to 90°, and back, within ten seconds. */
public abstract class StepperContract extends PartContract {

    private static final Duration ENOUGH = Duration.ofSeconds(10);

    @Override
    protected abstract Stepper part();

    /** Lets the time go by. */
    protected abstract void elapse(Duration time);

    @Test
    void turnsToAnAngleAndStays() {
        Stepper stepper = part();

        stepper.turnTo(90);
        boolean started = stepper.moving();
        elapse(ENOUGH);

        assertThat(started).isTrue();
        assertThat(stepper.moving()).isFalse();
        assertThat(stepper.degrees()).isCloseTo(90, within(1.0));
    }

    @Test
    void turnsBack() {
        Stepper stepper = part();
        stepper.turnTo(90);
        elapse(ENOUGH);

        stepper.turnTo(-45);
        elapse(ENOUGH);

        assertThat(stepper.degrees()).isCloseTo(-45, within(1.0));
    }

    @Test
    void changesItsMindOnTheWay() {
        Stepper stepper = part();
        stepper.turnTo(90);
        elapse(Duration.ofMillis(200));

        stepper.turnTo(0);
        elapse(ENOUGH);

        assertThat(stepper.degrees()).isCloseTo(0, within(1.0));
        assertThat(stepper.moving()).isFalse();
    }

    @Test
    void stopsWhereItIsAtRest() {
        Stepper stepper = part();
        stepper.turnTo(90);
        elapse(Duration.ofMillis(300));

        stepper.rest();
        double stopped = stepper.degrees();
        elapse(ENOUGH);

        assertThat(stepper.moving()).isFalse();
        assertThat(stepper.degrees()).isEqualTo(stopped).isBetween(1.0, 89.0);
    }

    @Test
    void refusesAnAngleBeyondItsTravel() {
        Stepper stepper = part();
        double most = stepper.sheet().quantity("angle").most();

        assertThatThrownBy(() -> stepper.turnTo(most + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(stepper.moving()).isFalse();
    }
}
