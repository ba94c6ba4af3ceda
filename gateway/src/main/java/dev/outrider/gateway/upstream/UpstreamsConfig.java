package dev.outrider.gateway.upstream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.nio.file.Path;
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
}
