package dev.outrider.gateway.upstream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When an upstream is left out, and how its recovery is noticed. */
@ConfigMapping(prefix = "gateway.breaker")
public interface BreakerConfig {

    /** Latest calls that are looked at; half of them failed or slow opens the breaker. */
    @WithDefault("4")
    int window();

    /** Fewest calls before it may open. */
    @WithDefault("2")
    int calls();

    /** A first event or whole answer later than this is a slow call. */
    @WithDefault("30s")
    Duration slow();

    /** A call given up after less than this says nothing about the upstream. */
    @WithDefault("2s")
    Duration hang();

    /** How often an upstream whose breaker is open is asked for one token; an answer closes it. */
    @WithDefault("5s")
    Duration probe();

    /** How long an upstream rests after a 429 that named no time. */
    @WithDefault("1s")
    Duration rest();
}
