package dev.outrider.hal.part;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every relay keeps to. */
public abstract class RelayContract extends PartContract {

    @Override
    protected abstract Relay part();

    /** Whether what it switches is on. */
    protected abstract boolean powered();

    private static boolean safe(Relay relay) {
        return relay.sheet().safeState().equals("on");
    }

    @Test
    void beginsInItsSafeState() {
        Relay relay = part();

        assertThat(relay.on()).isEqualTo(safe(relay));
        assertThat(powered()).isEqualTo(safe(relay));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void switches(boolean on) {
        Relay relay = part();

        relay.set(!on);
        relay.set(on);

        assertThat(relay.on()).isEqualTo(on);
        assertThat(powered()).isEqualTo(on);
    }

    @Test
    void goesBackToItsSafeStateAtRest() {
        Relay relay = part();
        relay.set(!safe(relay));

        relay.rest();

        assertThat(relay.on()).isEqualTo(safe(relay));
        assertThat(powered()).isEqualTo(safe(relay));
    }
}
