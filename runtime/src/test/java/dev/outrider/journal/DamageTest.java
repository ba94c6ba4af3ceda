package dev.outrider.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.kernel.Commands;
import dev.outrider.kernel.Journal.Receipt;
import dev.outrider.kernel.JournalFailure;
import dev.outrider.model.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal's file that is damaged, foreign, or on a full disk. */
class DamageTest {

    private static final Command LATER = Commands.words("later", "alice", "dock");

    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void fill() {
        file = folder.resolve("journal.db");
        try (SqliteJournal journal = open(List.of())) {
            for (int i = 0; i < 300; i++) {
                receive(journal, Commands.words("c-" + i, "alice", "dock ".repeat(50)));
            }
        }
    }

    @Test
    void refusesATruncatedFileAndLeavesItAsItIs() throws IOException {
        byte[] half = Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) / 2);
        Files.write(file, half);

        assertDamaged();
        assertThat(Files.readAllBytes(file)).isEqualTo(half);
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        Files.write(file, new byte[0]);

        assertDamaged();
        assertThat(file).isEmptyFile();
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws IOException {
        Files.write(file, "not a database, whatever it says ".repeat(1000).getBytes(UTF_8));

        assertDamaged();
    }

    @Test
    void refusesAFileWithGarbageInside() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 4096, Math.min(bytes.length, 16 * 4096), (byte) 0x5a);
        Files.write(file, bytes);

        assertDamaged();
    }

    @Test
    void refusesToBeginAgainBesideALogWithoutItsFile() throws IOException {
        Files.delete(file);
        Files.write(folder.resolve("journal.db-wal"), new byte[100]);

        assertDamaged();
        assertThat(file).doesNotExist();
    }

    @Test
    void refusesAFileOfANewerOutrider() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            Sql.run(connection, "PRAGMA user_version = 7");
        }

        assertThatThrownBy(() -> open(List.of()))
                .isInstanceOf(JournalFailure.class)
                .hasMessageContaining("newer Outrider (schema 7, this one knows 2)");
    }

    @Test
    void bringsAFileOfAnOlderOutriderUpToDate() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            Sql.run(connection, "ALTER TABLE performed DROP COLUMN found");
            Sql.run(connection, "PRAGMA user_version = 1");
        }

        open(List.of()).close();

        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            assertThat(Sql.rows(connection, "SELECT found FROM performed", r -> true)).isEmpty();
            assertThat(Sql.first(connection, "PRAGMA user_version", r -> r.getInt(1)))
                    .contains(Schema.VERSION);
        }
    }

    @Test
    void startsOverAfterACrashWhileTheFileWasMade() throws IOException {
        Files.delete(file);
        Files.write(folder.resolve("journal.db.new"), new byte[] {1, 2, 3});

        try (SqliteJournal journal = open(List.of())) {
            assertThat(journal.unfinished()).isEmpty();
        }
    }

    @Test
    void saysThatTheDiskIsFullAndGoesOnWhenThereIsRoom() throws SQLException {
        List<JournalFailure> heard = Collections.synchronizedList(new ArrayList<>());
        List<String> room = Collections.synchronizedList(new ArrayList<>());
        room.add("PRAGMA max_page_count = 80");
        try (SqliteJournal journal = open(room)) {
            journal.onFailure(heard::add);

            List<String> stored = fillUp(journal);

            assertThat(heard).isNotEmpty().allMatch(JournalFailure::storageFull);
            assertThat(heard.getFirst()).hasMessageContaining("the disk is full");
            room.clear();
            Awaitility.await()
                    .ignoreExceptionsInstanceOf(CompletionException.class)
                    .until(() -> receive(journal, LATER), new Receipt.Fresh()::equals);
            assertThat(journal.unfinished())
                    .extracting(left -> left.command().id().value())
                    .hasSize(300 + stored.size() + 1)
                    .containsAll(stored);
        }
    }

    private static List<String> fillUp(SqliteJournal journal) {
        List<String> stored = new ArrayList<>();
        while (true) {
            String id = "full-" + stored.size();
            try {
                receive(journal, Commands.words(id, "alice", "dock ".repeat(500)));
                stored.add(id);
            } catch (CompletionException e) {
                assertThat(e).hasCauseInstanceOf(JournalFailure.class);
                return stored;
            }
        }
    }

    private void assertDamaged() {
        assertThatThrownBy(() -> open(List.of()))
                .isInstanceOf(JournalFailure.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("damaged")
                .hasMessageContaining("move it");
    }

    private SqliteJournal open(List<String> pragmas) {
        return SqliteJournal.open(folder, JournalConfig.DEFAULT, Clock.systemUTC(), pragmas);
    }

    private static Receipt receive(SqliteJournal journal, Command command) {
        return journal.receive(command, Instant.EPOCH).toCompletableFuture().join();
    }
}
