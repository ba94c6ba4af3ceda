package dev.outrider.reason;

import dev.outrider.kernel.Cancellation;
import dev.outrider.kernel.Reasoner;
import dev.outrider.kernel.ReasoningFailure;
import dev.outrider.model.Action;
import dev.outrider.model.Readiness;
import dev.outrider.model.Rung;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A rung whose model is still on its way, fetched or loaded on a thread of its own: out until it is
 * there, and for good if it never comes. Safe on any thread.
 */
public final class LateReasoner implements Reasoner, AutoCloseable {

    private final Rung rung;
    private final String model;
    private final AtomicReference<Reasoner> current;
    private boolean closed;

    /**
     * @param model its name once it is there
     * @param waiting a clause for people, why it is out until then
     */
    public LateReasoner(Rung rung, String model, String waiting) {
        this.rung = rung;
        this.model = model;
        this.current = new AtomicReference<>(new AbsentReasoner(rung, waiting));
    }

    /** What is being waited for now. */
    public synchronized void waiting(String reason) {
        arrived(new AbsentReasoner(rung, reason));
    }

    /** The reasoner to ask from now on; closed at once if nobody will. */
    public synchronized void arrived(Reasoner reasoner) {
        if (closed) {
            close(reasoner);
        } else {
            close(current.getAndSet(reasoner));
        }
    }

    @Override
    public Rung rung() {
        return rung;
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public Readiness readiness() {
        return now().readiness();
    }

    @Override
    public Thought think(Question question, Consumer<Action> decided, Cancellation cancellation) {
        return now().think(question, decided, cancellation);
    }

    /** Whoever answers now. */
    public Reasoner now() {
        return current.get();
    }

    @Override
    public synchronized void close() {
        closed = true;
        close(now());
    }

    private static void close(Reasoner reasoner) {
        if (reasoner instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw ReasoningFailure.broke("a model could not be closed: " + e.getMessage(), e);
            }
        }
    }
}
