package dev.outrider.gateway.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Where state is kept. */
@ConfigMapping(prefix = "gateway.state")
public interface StateConfig {

    /** Folder of the embedded database and of the owner's generated token. */
    @WithDefault("outrider-data/gateway")
    Path folder();

    /** PostgreSQL, as {@code jdbc:postgresql://host/database}; absent for the embedded SQLite. */
    Optional<String> jdbcUrl();

    Optional<String> user();

    Optional<String> password();

    /** A file whose first line is the password. */
    Optional<Path> passwordFile();

    /**
     * Redis or Valkey, as {@code redis://host:6379}, for counters that replicas share; absent for
     * counters in memory, right for one replica only.
     */
    Optional<String> redis();
}
