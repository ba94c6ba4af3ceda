package dev.outrider.kernel;

import dev.outrider.model.Action;
import dev.outrider.model.Readiness;
import dev.outrider.model.Rung;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** A rung that thinks as it is told. */
public final class FakeReasoner implements Reasoner {

    /** What it does with a question. */
    public interface Mind {
        Thought think(Question question, Consumer<Action> decided, Cancellation cancellation);
    }

    public final List<Question> questions = Collections.synchronizedList(new ArrayList<>());
    private final Rung rung;
    private final Mind mind;

    public FakeReasoner(Rung rung, Mind mind) {
        this.rung = rung;
        this.mind = mind;
    }

    @Override
    public Rung rung() {
        return rung;
    }

    @Override
    public String model() {
        return "fake-" + rung.wireName();
    }

    @Override
    public Readiness readiness() {
        return new Readiness.Ready();
    }

    @Override
    public Thought think(Question question, Consumer<Action> decided, Cancellation cancellation) {
        questions.add(question);
        return mind.think(question, decided, cancellation);
    }
}
