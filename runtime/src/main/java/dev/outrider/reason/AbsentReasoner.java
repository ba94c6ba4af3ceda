package dev.outrider.reason;

import dev.outrider.kernel.Cancellation;
import dev.outrider.kernel.Reasoner;
import dev.outrider.kernel.ReasoningFailure;
import dev.outrider.model.Action;
import dev.outrider.model.Readiness;
import dev.outrider.model.Rung;
import java.util.function.Consumer;

/**
 * A rung that is out for as long as the process runs, and says why.
 *
 * @param reason a clause for people, such as {@code cloud is not configured}
 */
public record AbsentReasoner(Rung rung, String reason) implements Reasoner {

    @Override
    public String model() {
        return "";
    }

    @Override
    public Readiness readiness() {
        return new Readiness.Out(reason);
    }

    @Override
    public Thought think(Question question, Consumer<Action> decided, Cancellation cancellation) {
        throw ReasoningFailure.broke(reason);
    }
}
