package dev.outrider.gateway.upstream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long and how much one upstream call may take. */
@ConfigMapping(prefix = "gateway.attempts")
public interface AttemptsConfig {

    /** Time to connect to an upstream. */
    @WithDefault("2s")
    Duration connect();

    /** Longest wait for a first event or a whole answer, where the deadline's share is longer. */
    @WithDefault("120s")
    Duration answer();

    /** Longest pause inside a stream. */
    @WithDefault("30s")
    Duration stall();

    /** Largest answer, and largest single event of a stream, in bytes. */
    @WithDefault("16777216")
    int maxBytes();

    /** Pause before an upstream is asked a second time for the same request. */
    @WithDefault("50ms")
    Duration backOff();

    /** Connections kept to one upstream by one event loop. */
    @WithDefault("4096")
    int connections();
}
