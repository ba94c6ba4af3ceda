package dev.outrider.model;

import java.util.List;
import java.util.Map;

/**
 * The rungs to try for a command, best first, and why the others are left out.
 *
 * @param rungs at least the reflex rung, always last
 * @param left what was left out, with the reason
 * @param degraded what the robot does without
 */
public record Route(List<Rung> rungs, Map<Rung, String> left, List<Degradation> degraded) {
    public Route {
        rungs = List.copyOf(rungs);
        left = Map.copyOf(left);
        degraded = List.copyOf(degraded);
    }

    /** The same without any model, for what must not be reasoned about. */
    public Route onlyReflex() {
        return new Route(List.of(Rung.REFLEX), Map.of(), degraded);
    }
}
