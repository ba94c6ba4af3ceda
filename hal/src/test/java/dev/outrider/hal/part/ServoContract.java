package dev.outrider.hal.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What every servo keeps to. */
public abstract class ServoContract extends PartContract {

    @Override
    protected abstract Servo part();

    @Test
    void holdsNothingBeforeItIsTold() {
        assertThat(part().degrees()).isEmpty();
    }

    @Test
    void turnsToBothEndsOfItsTravel() {
        Servo servo = part();
        PartSheet.Quantity angle = servo.sheet().quantity("angle");

        servo.turnTo(angle.least());
        double least = servo.degrees().orElseThrow();
        servo.turnTo(angle.most());

        assertThat(least).isEqualTo(angle.least());
        assertThat(servo.degrees()).hasValue(angle.most());
    }

    @Test
    void refusesAnAngleBeyondItsTravelAndStaysWhereItWas() {
        Servo servo = part();
        PartSheet.Quantity angle = servo.sheet().quantity("angle");
        servo.turnTo(angle.least());

        assertThatThrownBy(() -> servo.turnTo(angle.most() + 0.1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> servo.turnTo(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(servo.degrees()).hasValue(angle.least());
    }

    @Test
    void isAtRestAsItsSheetSays() {
        Servo servo = part();
        servo.turnTo(servo.sheet().quantity("angle").least());

        servo.rest();

        assertThat(servo.degrees().isPresent())
                .isEqualTo(servo.sheet().safeState().startsWith("holds"));
    }
}
