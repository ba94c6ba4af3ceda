package dev.outrider.gateway.admin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Who may use the owner's API. */
@ConfigMapping(prefix = "gateway.owner")
public interface OwnerConfig {

    /** The owner's token; better kept in {@link #tokenFile} or the environment. */
    Optional<String> token();

    /** A file whose first line is the owner's token. Without either, one is made at first start. */
    Optional<Path> tokenFile();

    /** Whether {@code /q/metrics}, which names robots and what they spend, asks for no token. */
    @WithDefault("false")
    boolean openMetrics();
}
