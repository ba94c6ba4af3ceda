package dev.outrider.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A Mosquitto broker with its own folder, on a free port of the loopback interface. */
public final class Mosquitto implements AutoCloseable {

    private final Path folder;
    private final int port;
    private final List<String> more;
    private Process process;

    /**
     * Starts a broker, or skips the test where there is none.
     *
     * @param more lines for its configuration
     */
    public Mosquitto(Path folder, String... more) throws IOException {
        this.folder = folder;
        this.more = List.of(more);
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = probe.getLocalPort();
        }
        this.process = begin();
    }

    public BrokerUrl url() {
        return new BrokerUrl("127.0.0.1", port, false);
    }

    public void stop() throws IOException {
        process.destroy();
        waitFor(process);
    }

    public void kill() throws IOException {
        process.destroyForcibly();
        waitFor(process);
    }

    public void restart() throws IOException {
        process = begin();
    }

    /** Publishes by mosquitto_pub. */
    public void publish(String... arguments) throws IOException {
        Process publishing = client("mosquitto_pub", arguments).inheritIO().start();
        waitFor(publishing);
        if (publishing.exitValue() != 0) {
            throw new IOException("mosquitto_pub exited with " + publishing.exitValue());
        }
    }

    /** Begins to listen by mosquitto_sub, which ends by itself when it heard enough. */
    public Listening listen(String... arguments) throws IOException {
        Path heard = Files.createTempFile(folder, "heard", ".txt");
        Process listening =
                client("mosquitto_sub", arguments)
                        .redirectErrorStream(true)
                        .redirectOutput(heard.toFile())
                        .start();
        return new Listening(listening, heard);
    }

    /** A mosquitto_sub and what it printed so far. */
    public record Listening(Process process, Path printed) implements AutoCloseable {

        public String text() throws IOException {
            return Files.readString(printed);
        }

        public Listening awaits(String wanted) {
            Awaitility.await().until(this::text, text -> text.contains(wanted));
            return this;
        }

        @Override
        public void close() throws IOException {
            process.destroy();
            waitFor(process);
        }
    }

    @Override
    public void close() throws IOException {
        kill();
    }

    private ProcessBuilder client(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(program(program).toString());
        command.addAll(List.of("-h", "127.0.0.1", "-p", String.valueOf(port)));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    private Process begin() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("listener " + port + " 127.0.0.1");
        lines.add("persistence_location " + folder + "/");
        lines.add("user " + System.getProperty("user.name"));
        lines.add("set_tcp_nodelay true");
        lines.add("max_queued_messages 0");
        if (more.stream().noneMatch(line -> line.startsWith("allow_anonymous"))) {
            lines.add("allow_anonymous true");
        }
        lines.addAll(more);
        Path configuration = Files.write(folder.resolve("mosquitto.conf"), lines, UTF_8);
        Process begun =
                new ProcessBuilder(program("mosquitto").toString(), "-c", configuration.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("mosquitto.log").toFile())
                        .start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .until(() -> {
                    new Socket(InetAddress.getLoopbackAddress(), port).close();
                    return true;
                });
        return begun;
    }

    static Path program(String name) {
        var found =
                Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin")
                        .map(folder -> Path.of(folder, name))
                        .filter(Files::isExecutable)
                        .findFirst();
        assumeTrue(found.isPresent(), name + " is not installed (Debian: mosquitto)");
        return found.orElseThrow();
    }

    private static void waitFor(Process process) throws IOException {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("still running: " + process.pid());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
