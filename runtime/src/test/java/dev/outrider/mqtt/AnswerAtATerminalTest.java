package dev.outrider.mqtt;

import static dev.outrider.mqtt.LinkedRobot.LONG;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrider.kernel.Commands;
import dev.outrider.model.Command;
import dev.outrider.model.Plan;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code outrider send} at a pseudo terminal, which {@code script} of util-linux opens, before a
 * robot that reads back what it understood.
 */
class AnswerAtATerminalTest {

    private static final String TERMINAL = "script";

    @TempDir Path folder;

    @BeforeEach
    void needsATerminal() {
        Assumptions.assumeTrue(
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                        .anyMatch(f -> Files.isExecutable(Path.of(f, TERMINAL))),
                "a pseudo terminal needs script, of util-linux");
    }

    @ParameterizedTest
    @CsvSource({"y, true", "sí, true", "'', false", "n, false"})
    void takesYesForAYesAndAllElseForANo(String typed, boolean yes) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
                LinkedRobot robot =
                        new LinkedRobot(folder.resolve("robot"), LinkedRobot.quick(broker.url()))) {
            robot.intake.does(command -> asked(robot, command));
            assertThat(robot.link.awaitConnected(LONG)).as(robot.link.status().toString()).isTrue();
            Path seen = folder.resolve("seen");
            Process send = send(broker, seen);
            await().atMost(LONG).until(() -> Files.readString(seen).contains("[y/N]"));

            type(send, typed + "\n");

            await().atMost(LONG).until(() -> !robot.intake.answered.isEmpty());
            assertThat(robot.intake.answered.getFirst()).startsWith("c-1 " + yes);
            Command command = robot.intake.commands.getFirst().command();
            robot.journal.answer(command, Commands.done(command)).toCompletableFuture().join();
            assertThat(send.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(send.exitValue()).as(Files.readString(seen)).isZero();
            assertThat(Files.readString(seen)).contains("drive forward 2 m? [y/N]");
        }
    }

    private static CompletionStage<Void> asked(LinkedRobot robot, Command command) {
        return robot.journal
                .receive(command, Clock.systemUTC().instant().plus(LONG))
                .thenAccept(receipt ->
                        robot.link.question(
                                command.client(),
                                command.id(),
                                "drive forward 2 m?",
                                Plan.of(Commands.DRIVE)));
    }

    private Process send(EmbeddedBroker broker, Path seen) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command =
                java
                        + " -XX:TieredStopAtLevel=1 dev.outrider.cli.Main send --id c-1"
                        + " --mqtt-url mqtt://127.0.0.1:"
                        + broker.port()
                        + " --robot rover-1 --data "
                        + folder.resolve("none")
                        + " ahead with gusto";
        ProcessBuilder builder =
                new ProcessBuilder(TERMINAL, "-q", "-e", "-c", command, "/dev/null")
                        .redirectErrorStream(true)
                        .redirectOutput(seen.toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder.start();
    }

    private static void type(Process process, String text) throws IOException {
        OutputStream keyboard = process.getOutputStream();
        keyboard.write(text.getBytes(UTF_8));
        keyboard.flush();
    }
}
