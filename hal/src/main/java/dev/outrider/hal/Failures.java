package dev.outrider.hal;

import org.jspecify.annotations.Nullable;

/**
 * Runs every step whatever the ones before did, and reports the first failure with the rest in it.
 */
public final class Failures {

    private @Nullable RuntimeException first;

    /** Runs the step; a failure is kept for later. */
    public void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            if (first == null) {
                first = e;
            } else {
                first.addSuppressed(e);
            }
        }
    }

    /** Throws the first failure, with the later ones suppressed in it, if there was any. */
    public void rethrow() {
        if (first != null) {
            throw first;
        }
    }
}
