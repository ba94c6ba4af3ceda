package dev.outrider.hal.part;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every lamp keeps to. */
public abstract class LampContract extends PartContract {

    @Override
    protected abstract Lamp part();

    @ParameterizedTest
    @EnumSource
    void showsEveryColor(LampColor color) {
        Lamp lamp = part();

        lamp.show(color);

        assertThat(lamp.color()).isEqualTo(color);
    }

    @Test
    void isOffAtRest() {
        Lamp lamp = part();
        lamp.show(LampColor.RED);

        lamp.rest();

        assertThat(lamp.color()).isEqualTo(LampColor.OFF);
    }
}
