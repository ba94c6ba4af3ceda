package dev.outrider.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request to end something early. The first reason stays. Safe on any thread. */
public final class Cancellation {

    private final List<Runnable> listeners = new ArrayList<>();
    private volatile @Nullable String reason;

    /** Asks for the end, with a clause that says why. */
    public void request(String why) {
        List<Runnable> told;
        synchronized (listeners) {
            if (reason != null) {
                return;
            }
            reason = why;
            told = List.copyOf(listeners);
        }
        told.forEach(Runnable::run);
    }

    /** Runs the listener when the end is asked for, at once if it was already. */
    public void onRequest(Runnable listener) {
        synchronized (listeners) {
            if (reason == null) {
                listeners.add(listener);
                return;
            }
        }
        listener.run();
    }

    /** Why the end was asked for, or empty. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    public boolean requested() {
        return reason != null;
    }
}
