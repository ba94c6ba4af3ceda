package dev.outrider.gateway.store;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A real PostgreSQL on the loopback with a data folder of its own. It refuses to run as root. */
public final class PostgresServer implements AutoCloseable {

    private static final String ACCOUNT = "postgres";

    private final int port = LocalServer.freePort();
    private final Process process;

    private PostgresServer(Path initdb, Path folder) throws IOException, InterruptedException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path log = folder.resolve("postgres.log");
        give(folder);
        give(data);
        LocalServer.run(
                log,
                asAccount(initdb.toString(), "-D", data.toString(), "-U", ACCOUNT, "-A", "trust"));
        process =
                LocalServer.start(
                        log,
                        asAccount(
                                initdb.resolveSibling("postgres").toString(),
                                "-D",
                                data.toString(),
                                "-h",
                                "127.0.0.1",
                                "-p",
                                Integer.toString(port),
                                "-k",
                                folder.toString(),
                                "-F"));
        await().atMost(Duration.ofSeconds(30)).until(() -> LocalServer.listens(port));
    }

    /** Starts it; skips the test where the machine has none. */
    public static PostgresServer start(Path folder) throws IOException, InterruptedException {
        Optional<Path> initdb = LocalServer.program("initdb");
        assumeTrue(initdb.isPresent(), "PostgreSQL's server programs are not installed");
        assumeTrue(
                !root() || LocalServer.program("setpriv").isPresent(),
                "PostgreSQL does not run as root, and setpriv is not installed");
        return new PostgresServer(initdb.orElseThrow(), folder);
    }

    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static List<String> asAccount(String... command) {
        List<String> all = new ArrayList<>();
        if (root()) {
            all.addAll(
                    List.of(
                            "setpriv",
                            "--reuid=" + ACCOUNT,
                            "--regid=" + ACCOUNT,
                            "--clear-groups"));
        }
        all.addAll(List.of(command));
        return all;
    }

    private static void give(Path path) throws IOException {
        if (root()) {
            UserPrincipal account =
                    path.getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName(ACCOUNT);
            Files.setOwner(path, account);
        }
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    @Override
    public void close() {
        LocalServer.stop(process);
    }
}
