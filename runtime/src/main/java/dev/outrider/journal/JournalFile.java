package dev.outrider.journal;

import dev.outrider.kernel.JournalFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The journal's file. It is made complete under another name and then renamed, so that a file which
 * is there and does not read as a journal is always damage, never a beginning.
 */
final class JournalFile {

    private static final int LOG_BYTES = 4 * 1024 * 1024;

    private final Path folder;
    private final Path path;
    private final List<String> pragmas;

    /**
     * A journal in that folder.
     *
     * @param pragmas run on every connection, after the journal's own; read each time
     */
    JournalFile(Path folder, List<String> pragmas) {
        this.folder = folder;
        this.path = folder.resolve("journal.db");
        this.pragmas = pragmas;
    }

    /** Makes the file if there is none, checks it if there is one. */
    void prepare() {
        try {
            if (!Files.exists(path)) {
                create();
            }
            if (Files.size(path) == 0) {
                throw damaged("it is empty", null);
            }
            try (Connection connection = connect()) {
                check(connection);
            }
        } catch (SQLException | IOException e) {
            throw failure("opened", e);
        }
    }

    /** A connection to a file that was prepared; its changes take effect by commit. */
    Connection open() throws SQLException {
        if (!Files.exists(path)) {
            throw new SQLException(path + " is gone");
        }
        Connection connection = connect();
        try {
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** What is told when something could not be done with the file. */
    JournalFailure failure(String what, Exception cause) {
        if (cause instanceof SQLiteException e && isDamage(e.getResultCode())) {
            return damaged(String.valueOf(e.getMessage()), e);
        }
        boolean full = cause instanceof SQLiteException e && isFull(e.getResultCode());
        String why = full ? "the disk is full" : String.valueOf(cause.getMessage());
        return new JournalFailure(
                "the journal " + path + " could not be " + what + ": " + why, cause, full);
    }

    private JournalFailure damaged(String how, @Nullable Exception cause) {
        return new JournalFailure(
                "the journal "
                        + path
                        + " is damaged ("
                        + how
                        + "); restore it, or move it and its -wal file away to start with an empty"
                        + " one: the robot then no longer knows which commands it carried out",
                cause,
                false);
    }

    private void create() throws SQLException, IOException {
        Path log = path.resolveSibling("journal.db-wal");
        if (Files.exists(log)) {
            throw damaged("it is gone and its log " + log.getFileName() + " is there", null);
        }
        Path unfinished = path.resolveSibling("journal.db.new");
        Files.deleteIfExists(unfinished);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + unfinished)) {
            connection.setAutoCommit(false);
            for (String table : Schema.TABLES) {
                Sql.run(connection, table);
            }
            Sql.run(connection, "PRAGMA user_version = " + Schema.VERSION);
            connection.commit();
        }
        force(unfinished, StandardOpenOption.WRITE);
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        force(folder, StandardOpenOption.READ);
    }

    private static void force(Path file, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(file, mode)) {
            channel.force(true);
        }
    }

    private Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        try {
            // exclusive before WAL keeps the log's index in memory: a full disk is an error, not a
            // bus error
            Sql.run(connection, "PRAGMA locking_mode = EXCLUSIVE");
            Sql.run(connection, "PRAGMA journal_mode = WAL");
            Sql.run(connection, "PRAGMA synchronous = FULL");
            Sql.run(connection, "PRAGMA foreign_keys = ON");
            Sql.run(connection, "PRAGMA journal_size_limit = " + LOG_BYTES);
            for (String pragma : pragmas) {
                Sql.run(connection, pragma);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void check(Connection connection) throws SQLException {
        int version = Sql.first(connection, "PRAGMA user_version", r -> r.getInt(1)).orElse(0);
        if (version > Schema.VERSION) {
            throw new JournalFailure(
                    "the journal "
                            + path
                            + " was written by a newer Outrider (schema "
                            + version
                            + ", this one knows "
                            + Schema.VERSION
                            + "); run that version, or give this one a data folder of its own",
                    null,
                    false);
        }
        if (version < 1) {
            throw damaged("it carries no schema version", null);
        }
        String verdict =
                Sql.first(connection, "PRAGMA quick_check(1)", r -> r.getString(1)).orElse("");
        if (!verdict.equals("ok")) {
            throw damaged(verdict, null);
        }
        upgrade(connection, version);
    }

    /** Brings the tables of an older version up to this one, all or nothing. */
    private static void upgrade(Connection connection, int from) throws SQLException {
        if (from == Schema.VERSION) {
            return;
        }
        connection.setAutoCommit(false);
        for (String step : Schema.UPGRADES.subList(from - 1, Schema.VERSION - 1)) {
            Sql.run(connection, step);
        }
        Sql.run(connection, "PRAGMA user_version = " + Schema.VERSION);
        connection.commit();
    }

    private static boolean isDamage(SQLiteErrorCode code) {
        int primary = code.code & 0xff;
        return primary == SQLiteErrorCode.SQLITE_CORRUPT.code
                || primary == SQLiteErrorCode.SQLITE_NOTADB.code;
    }

    private static boolean isFull(SQLiteErrorCode code) {
        return (code.code & 0xff) == SQLiteErrorCode.SQLITE_FULL.code;
    }
}
