package dev.outrider.kernel;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A request to end something early. The first reason stays. Safe on any thread. */
public final class Cancellation {

    private final AtomicReference<@Nullable String> reason = new AtomicReference<>();

    /** Asks for the end, with a clause that says why. */
    public void request(String why) {
        reason.compareAndSet(null, why);
    }

    /** Why the end was asked for, or empty. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason.get());
    }

    public boolean requested() {
        return reason.get() != null;
    }
}
