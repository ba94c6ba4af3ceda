package dev.outrider.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.kernel.Commands;
import dev.outrider.kernel.Outbox.Letter;
import dev.outrider.model.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** What a journal said is on disk, is on disk, although the process was killed. */
class KillTest {

    @TempDir Path folder;

    @RepeatedTest(3)
    void losesNothingThatWasAcknowledgedWhenTheProcessIsKilled(RepetitionInfo repetition)
            throws IOException, InterruptedException {
        Process writer = writer();
        int enough = 200 * repetition.getCurrentRepetition();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> acknowledged().size() >= enough || !writer.isAlive());
        writer.destroyForcibly().waitFor();
        List<String> acknowledged = acknowledged();

        Set<String> found = new HashSet<>();
        try (SqliteJournal journal =
                SqliteJournal.open(folder, JournalConfig.DEFAULT, Clock.systemUTC())) {
            journal.unfinished().forEach(left -> found.add("received " + left.command().id()));
            for (Letter letter : journal.open(0, Integer.MAX_VALUE)) {
                found.add("received " + letter.id());
                found.add("answered " + letter.id());
            }
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(200);
        assertThat(found).containsAll(acknowledged);
    }

    /** The whole lines that were printed. */
    private List<String> acknowledged() throws IOException {
        String printed = Files.readString(folder.resolve("printed"));
        return printed.substring(0, printed.lastIndexOf('\n') + 1).lines().toList();
    }

    private Process writer() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx128m",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString())
                .redirectOutput(folder.resolve("printed").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Receives and answers commands until it is killed, and prints what is on disk. */
    static final class Writer {

        private Writer() {}

        @SuppressWarnings("FutureReturnValueIgnored") // printing is all that is wanted
        public static void main(String[] arguments) {
            SqliteJournal journal =
                    SqliteJournal.open(
                            Path.of(arguments[0]), JournalConfig.DEFAULT, Clock.systemUTC());
            for (int i = 0; ; i++) {
                Command command = Commands.words("c-" + i, "alice", "dock");
                journal.receive(command, Instant.EPOCH)
                        .thenRun(() -> System.out.println("received " + command.id()));
                var answered = journal.answer(command, Commands.done(command));
                answered.thenRun(() -> System.out.println("answered " + command.id()));
                if (i % 7 == 0) {
                    answered.toCompletableFuture().join();
                }
            }
        }
    }
}
