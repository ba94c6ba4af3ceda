package dev.outrider.gateway.usage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which records to show.
 *
 * @param robot only this one's; null for everyone's
 * @param from the earliest
 * @param to the first that is too late
 * @param limit most records, 1 to {@link #MOST}
 */
public record UsageQuery(@Nullable String robot, Instant from, Instant to, int limit) {

    public static final int MOST = 100_000;

    public UsageQuery {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("the limit must be 1 to " + MOST);
        }
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("the end must not be before the beginning");
        }
    }
}
