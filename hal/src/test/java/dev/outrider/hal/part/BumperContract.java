package dev.outrider.hal.part;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What every bumper keeps to. */
public abstract class BumperContract extends PartContract {

    @Override
    protected abstract Bumper part();

    /** Lets it run into something. */
    protected abstract void touch();

    @Test
    void isNotPressedInTheOpen() {
        assertThat(part().pressed()).isFalse();
    }

    @Test
    void isPressedByWhatItRunsInto() {
        Bumper bumper = part();

        touch();

        assertThat(bumper.pressed()).isTrue();
    }
}
