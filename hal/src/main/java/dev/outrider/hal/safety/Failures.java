package dev.outrider.hal.safety;

import org.jspecify.annotations.Nullable;

/**
 * Runs every step whatever the ones before did, and reports the first failure with the rest in it.
 */
final class Failures {

    private @Nullable RuntimeException first;

    void attempt(Runnable step) {
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

    void rethrow() {
        if (first != null) {
            throw first;
        }
    }
}
