package dev.outrider.gateway.store;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A real Redis or Valkey on the loopback, with nothing kept on disk. */
public final class RedisServer implements AutoCloseable {

    private final Path program;
    private final Path folder;
    private final int port;
    private Process process;

    private RedisServer(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
        this.port = LocalServer.freePort();
        this.process = launch();
    }

    /** Starts it; skips the test where the machine has none. */
    public static RedisServer start(Path folder) {
        Optional<Path> program =
                LocalServer.program("redis-server").or(() -> LocalServer.program("valkey-server"));
        assumeTrue(program.isPresent(), "neither redis-server nor valkey-server is installed");
        return new RedisServer(program.orElseThrow(), folder);
    }

    private Process launch() {
        Process started =
                LocalServer.start(
                        folder.resolve("redis.log"),
                        List.of(
                                program.toString(),
                                "--port",
                                Integer.toString(port),
                                "--bind",
                                "127.0.0.1",
                                "--save",
                                "",
                                "--dir",
                                folder.toString()));
        await().until(() -> LocalServer.listens(port));
        return started;
    }

    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    public void kill() {
        LocalServer.stop(process);
    }

    public void restart() {
        process = launch();
    }

    @Override
    public void close() {
        kill();
    }
}
