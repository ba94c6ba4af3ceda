package dev.outrider.hal.safety;

import java.time.Instant;

/**
 * Why the emergency stop is engaged. Blank names and reasons become "unknown": they are no reason
 * to go on moving.
 *
 * @param who the person or thing that engaged it
 * @param why the reason given
 * @param at when, by the wall clock
 */
public record Engagement(String who, String why, Instant at) {

    public Engagement {
        who = Latch.line(who).orElse("unknown");
        why = Latch.line(why).orElse("unknown");
    }

    @Override
    public String toString() {
        return "%s (by %s at %s)".formatted(why, who, at);
    }
}
