package dev.outrider.kernel;

import java.time.Duration;

/**
 * How a rung is guarded.
 *
 * @param limit the longest a thought may take
 * @param concurrent thoughts at once; one that ran out of time counts until it really ended
 * @param window how many of the last calls the breaker looks at
 * @param leastCalls the calls it needs to open; half of them failed opens it
 * @param pause how long it stays open before one call tries again
 */
public record RungConfig(
        Duration limit, int concurrent, int window, int leastCalls, Duration pause) {

    /** A model elsewhere: 20 s, two failures open it for 5 s. */
    public static final RungConfig CLOUD =
            new RungConfig(Duration.ofSeconds(20), 4, 4, 2, Duration.ofSeconds(5));

    /** A model on this machine: 60 s, two failures open it for 15 s. */
    public static final RungConfig LOCAL =
            new RungConfig(Duration.ofSeconds(60), 2, 4, 2, Duration.ofSeconds(15));

    /** Rules: they always answer. */
    public static final RungConfig REFLEX =
            new RungConfig(Duration.ofSeconds(1), 64, 100, 100, Duration.ofMillis(100));

    /** The same with another time limit. */
    public RungConfig withLimit(Duration other) {
        return new RungConfig(other, concurrent, window, leastCalls, pause);
    }
}
