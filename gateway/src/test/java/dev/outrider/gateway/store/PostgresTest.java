package dev.outrider.gateway.store;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class PostgresTest extends StoreContract {

    private static @Nullable PostgresServer server;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = PostgresServer.start(folder);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected Map<String, String> place() {
        return Map.of(
                "gateway.state.jdbc-url",
                Objects.requireNonNull(server).jdbcUrl(),
                "gateway.state.user",
                "postgres");
    }
}
