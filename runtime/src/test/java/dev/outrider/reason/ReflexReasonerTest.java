package dev.outrider.reason;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.kernel.Reasoner;
import dev.outrider.kernel.Reasoner.Thought;
import dev.outrider.kernel.ReasonerContract;
import dev.outrider.model.Action;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Rung;
import dev.outrider.model.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReflexReasonerTest extends ReasonerContract {

    @Override
    protected Reasoner reasoner() {
        return new ReflexReasoner();
    }

    @Override
    protected String understood() {
        return "drive forward 2 meters, then turn left 90 degrees";
    }

    @Test
    void doesNotFinishAPlanThatBeganOtherwiseThanItWouldHave() throws Exception {
        Action other = new Action("drive", Map.of("distance", new Value.Quantity(3)));

        Thought thought = think(understood(), List.of(other));

        assertThat(thought)
                .isInstanceOfSatisfying(
                        Thought.Declines.class,
                        d -> assertThat(d.problem().code()).isEqualTo(ErrorCode.NOT_UNDERSTOOD));
    }

    @Test
    void anAbsentRungSaysWhyItIsOut() {
        assertOut(
                new AbsentReasoner(Rung.CLOUD, "cloud is not configured"),
                "cloud is not configured");
    }
}
