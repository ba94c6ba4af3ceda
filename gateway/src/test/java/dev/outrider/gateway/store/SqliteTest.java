package dev.outrider.gateway.store;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class SqliteTest extends StoreContract {

    @TempDir private static Path folder = Path.of("");

    @Override
    protected Map<String, String> place() {
        return Map.of("gateway.state.folder", folder.toString());
    }
}
