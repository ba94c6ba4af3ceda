package dev.outrider.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.codec.PlanJson;
import dev.outrider.mqtt.BrokerUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The packaged program as a child process, on free ports. */
final class RobotProcess implements AutoCloseable {

    /** A machine that emulates another takes its time. */
    private static final Duration PATIENCE =
            Duration.ofSeconds(Integer.getInteger("outrider.patience", 60));

    final Path data;
    private final Path log;
    private final Process process;

    /** How a command line ended. */
    record Ended(int exit, String out, String err) {

        JsonNode json() {
            try {
                return PlanJson.MAPPER.readTree(out);
            } catch (IOException e) {
                throw new AssertionError(out + err, e);
            }
        }
    }

    private RobotProcess(Path data, Path log, Process process) {
        this.data = data;
        this.log = log;
        this.process = process;
    }

    /** Starts a robot and waits until it is ready. */
    static RobotProcess start(Path data, String... options) throws IOException {
        RobotProcess robot = launch(data, options);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> robot.log().contains("Ready in") || !robot.process.isAlive());
        assertThat(robot.process.isAlive()).as(robot.log()).isTrue();
        return robot;
    }

    private static RobotProcess launch(Path data, String... options) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("run", "--data", data.toString(), "--port", "0"));
        if (!List.of(options).contains("--mqtt-url")) {
            arguments.addAll(List.of("--mqtt-port", "0"));
        }
        if (!List.of(options).contains("--model")) {
            arguments.addAll(List.of("--model", "none"));
        }
        arguments.addAll(List.of(options));
        Path log = Files.createTempFile("robot", ".log");
        Process process =
                new ProcessBuilder(command(arguments))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        return new RobotProcess(data, log, process);
    }

    /** Runs a command line to its end. */
    static Ended outrider(String... arguments) throws IOException, InterruptedException {
        return outrider(Map.of(), arguments);
    }

    static Ended outrider(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("outrider", ".out");
        Path err = Files.createTempFile("outrider", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command(List.of(arguments)))
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(PATIENCE.toSeconds() * 2, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Runs a command line on this robot. */
    Ended command(String name, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(name.split(" ", -1)));
        all.addAll(List.of("--data", data.toString()));
        all.addAll(List.of(arguments));
        return outrider(all.toArray(String[]::new));
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    BrokerUrl broker() throws IOException {
        return BrokerUrl.parse(endpoint().path("mqtt").asText());
    }

    String http() throws IOException {
        return endpoint().path("http").asText();
    }

    String token() throws IOException {
        return endpoint().path("token").asText();
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** As a power cut would: SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As a supervisor would: SIGTERM; the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(log()).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private JsonNode endpoint() throws IOException {
        return PlanJson.MAPPER.readTree(Files.readString(data.resolve("endpoint.json")));
    }

    private static List<String> command(List<String> arguments) {
        String app = Optional.ofNullable(System.getProperty("outrider.app")).orElseThrow();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx512m",
                                "-jar",
                                app));
        command.addAll(arguments);
        return command;
    }
}
