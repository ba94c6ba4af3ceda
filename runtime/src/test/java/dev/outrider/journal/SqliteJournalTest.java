package dev.outrider.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.outrider.kernel.Commands;
import dev.outrider.kernel.Journal;
import dev.outrider.kernel.JournalContract;
import dev.outrider.kernel.JournalFailure;
import dev.outrider.kernel.MovableClock;
import dev.outrider.kernel.Outbox;
import dev.outrider.kernel.Telemetry.Sample;
import dev.outrider.model.Command;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest extends JournalContract {

    private static final JournalConfig SMALL = new JournalConfig(Duration.ofDays(7), 3, 3, 10, 4);

    @TempDir Path folder;
    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-02T03:04:05Z"));
    private SqliteJournal journal;

    @BeforeEach
    void open() {
        journal = SqliteJournal.open(folder, SMALL, clock);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Override
    protected Journal journal() {
        return journal;
    }

    @Override
    protected Outbox outbox() {
        return journal;
    }

    @Override
    protected void restart() {
        close();
        open();
    }

    @Test
    void refusesAFolderThatIsInUse() {
        assertThatThrownBy(() -> SqliteJournal.open(folder, SMALL, clock))
                .isInstanceOf(JournalFailure.class)
                .hasMessageContaining("another process uses the data folder " + folder);
    }

    @Test
    void forgetsOldAnsweredCommandsAndTheirLettersButNotTheNewest() {
        for (int i = 0; i < 5; i++) {
            answer("c-" + i);
        }
        Command waiting = Commands.words("waiting", "alice", "dock");
        await(journal.receive(waiting, clock.instant()));

        clock.advance(Duration.ofDays(8));
        answer("newest");

        assertThat(journal.open(0, 10))
                .extracting(letter -> letter.id().value())
                .containsExactly("c-4", "newest");
        assertThat(journal.unfinished()).hasSize(1);
        assertThat(await(journal.receive(waiting, clock.instant())))
                .isEqualTo(new Journal.Receipt.InProgress());
    }

    @Test
    void keepsAnswersWithinRetention() {
        for (int i = 0; i < 5; i++) {
            answer("c-" + i);
        }

        clock.advance(Duration.ofDays(6));
        answer("newest");

        assertThat(journal.open(0, 10)).hasSize(6);
    }

    @Test
    void numbersTelemetryWithoutRepeatingAcrossRestartsAndKeepsTheNewest() {
        for (int i = 0; i < 6; i++) {
            await(journal.append("pose", "{\"i\":" + i + "}"));
        }
        await(journal.append("battery", "{}"));
        journal.stored(0, 100).forEach(sample -> await(journal.delivered(sample)));

        restart();
        long next = await(journal.append("pose", "{\"i\":6}"));

        assertThat(next).isEqualTo(7);
        assertThat(journal.stored(0, 100)).extracting(Sample::sequence).containsExactly(7L);
    }

    @Test
    void dropsTheOldestSamplesOfAStreamWhenThereAreTooMany() {
        for (int i = 1; i <= 6; i++) {
            await(journal.append("pose", "{}"));
        }

        assertThat(journal.stored(0, 100))
                .extracting(Sample::sequence)
                .containsExactly(3L, 4L, 5L, 6L);
    }

    @Test
    void buriesDeadLettersCutAndBounded() throws SQLException {
        for (int i = 0; i < 5; i++) {
            byte[] payload = ("payload number " + i).getBytes(UTF_8);
            await(journal.bury("topic/" + i, payload, "not JSON"));
        }
        journal.close();

        List<String> rows = new ArrayList<>();
        try (Connection c =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("journal.db"));
                var statement = c.createStatement();
                var row =
                        statement.executeQuery(
                                "SELECT topic, payload, size, reason FROM dead_letter")) {
            while (row.next()) {
                rows.add(
                        row.getString(1)
                                + " "
                                + row.getBytes(2).length
                                + " "
                                + row.getInt(3)
                                + " "
                                + row.getString(4));
            }
        }
        assertThat(rows)
                .containsExactly(
                        "topic/2 10 16 not JSON",
                        "topic/3 10 16 not JSON",
                        "topic/4 10 16 not JSON");
    }

    @Test
    void groupsManyChangesAndKeepsTheirOrder() {
        List<CompletableFuture<Long>> numbers = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            numbers.add(journal.append("pose", "{}").toCompletableFuture());
        }

        assertThat(numbers).extracting(CompletableFuture::join).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void writesWhatIsWaitingBeforeItCloses() {
        CompletableFuture<Long> last = new CompletableFuture<>();
        for (int i = 0; i < 500; i++) {
            last = journal.append("pose", "{}").toCompletableFuture();
        }

        journal.close();

        assertThat(last).isCompletedWithValue(500L);
    }

    @Test
    void failsChangesAfterItWasClosed() {
        journal.close();

        assertThatThrownBy(() -> await(journal.append("pose", "{}")))
                .hasCauseInstanceOf(JournalFailure.class)
                .hasMessageContaining("the journal is closed");
    }

    @Test
    void refusesToWaitForItselfOnItsOwnThread() {
        CompletableFuture<Throwable> refusal = new CompletableFuture<>();
        journal.onLetter(() -> refusal.complete(catchThrowable(() -> journal.open(0, 1))));

        answer("c-1");

        assertThat(refusal.join())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot wait for itself");
    }

    private void answer(String id) {
        Command command = Commands.words(id, "alice", "dock");
        await(journal.receive(command, clock.instant()));
        await(journal.answer(command, Commands.done(command)));
    }
}
