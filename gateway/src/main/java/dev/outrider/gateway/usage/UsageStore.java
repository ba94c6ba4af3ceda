package dev.outrider.gateway.usage;

import dev.outrider.gateway.robot.Counters.Spend;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where records of use are kept. Blocks. */
public interface UsageStore {

    /** Keeps all of these or, failing, none. A record kept before is not kept twice. */
    void append(List<Usage> records);

    /** The matching records, the newest first. */
    List<Usage> find(Query query);

    /** What each robot used since then. */
    Map<String, Spend> spentSince(Instant from);

    /**
     * Which records to show.
     *
     * @param robot only this one's; null for everyone's
     * @param from the earliest
     * @param to the first that is too late
     * @param limit most records, 1 to {@link #MOST}
     */
    public record Query(@Nullable String robot, Instant from, Instant to, int limit) {

        public static final int MOST = 100_000;

        public Query {
            if (limit < 1 || limit > MOST) {
                throw new IllegalArgumentException("the limit must be 1 to " + MOST);
            }
            if (to.isBefore(from)) {
                throw new IllegalArgumentException("the end must not be before the beginning");
            }
        }
    }
}
