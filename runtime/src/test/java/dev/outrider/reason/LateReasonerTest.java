package dev.outrider.reason;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.kernel.Cancellation;
import dev.outrider.kernel.Reasoner;
import dev.outrider.model.Action;
import dev.outrider.model.Readiness;
import dev.outrider.model.Rung;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LateReasonerTest {

    private final LateReasoner late = new LateReasoner(Rung.LOCAL, "scout", "it is being fetched");

    @Test
    void isOutAndSaysWhyUntilItsModelIsThere() {
        assertThat(late.readiness()).isEqualTo(new Readiness.Out("it is being fetched"));

        late.waiting("60 of 98 MB");

        assertThat(late.readiness()).isEqualTo(new Readiness.Out("60 of 98 MB"));

        late.arrived(new Model());

        assertThat(late.readiness()).isEqualTo(new Readiness.Ready());
        assertThat(late.model()).isEqualTo("scout");
        assertThat(late.rung()).isEqualTo(Rung.LOCAL);
    }

    @Test
    void closesWhatArrived() {
        Model model = new Model();
        late.arrived(model);

        late.close();

        assertThat(model.closed).isTrue();
    }

    @Test
    void closesWhatArrivesTooLate() {
        Model model = new Model();
        late.close();

        late.arrived(model);

        assertThat(model.closed).isTrue();
    }

    private static final class Model implements Reasoner, AutoCloseable {

        private boolean closed;

        @Override
        public Rung rung() {
            return Rung.LOCAL;
        }

        @Override
        public String model() {
            return "scout";
        }

        @Override
        public Readiness readiness() {
            return new Readiness.Ready();
        }

        @Override
        public Thought think(
                Question question, Consumer<Action> decided, Cancellation cancellation) {
            throw new AssertionError("nobody asked");
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
