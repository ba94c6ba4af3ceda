package dev.outrider.gateway.upstream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The upstreams by name. */
@ConfigMapping(prefix = "gateway.upstreams")
public interface UpstreamsConfig {

    @WithParentName
    Map<String, One> all();

    /** One OpenAI-compatible server. */
    interface One {

        /** Base address, including the version: {@code https://api.example.com/v1}. */
        URI url();

        /** The provider's key; better kept in {@link #keyFile} or the environment. */
        Optional<String> key();

        /** A file whose first line is the provider's key. */
        Optional<Path> keyFile();

        /** Share of the requests; 0 is asked only when all others failed. */
        @WithDefault("1")
        double weight();

        /** Names robots use, and what this upstream calls each model. */
        Map<String, String> models();

        /** US dollars for a million tokens read. */
        @WithDefault("0")
        double priceIn();

        /** US dollars for a million tokens written. */
        @WithDefault("0")
        double priceOut();
    }

    /** How long and how much one upstream call may take. */
    @ConfigMapping(prefix = "gateway.attempts")
    public interface AttemptsConfig {

        /** Time to connect to an upstream. */
        @WithDefault("2s")
        Duration connect();

        /**
         * Longest wait for a first event or a whole answer, where the deadline's share is longer.
         */
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

        /**
         * How often an upstream whose breaker is open is asked for one token; an answer closes it.
         */
        @WithDefault("5s")
        Duration probe();

        /** How long an upstream rests after a 429 that named no time. */
        @WithDefault("1s")
        Duration rest();
    }
}
