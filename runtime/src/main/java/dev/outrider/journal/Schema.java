package dev.outrider.journal;

import java.util.List;

/** The journal's tables. */
final class Schema {

    /** Goes up by one with every change; the file carries it as {@code user_version}. */
    static final int VERSION = 2;

    /** What each version added to the one before it, from the second on. */
    static final List<String> UPGRADES = List.of("ALTER TABLE performed ADD COLUMN found TEXT");

    static final List<String> TABLES =
            List.of(
                    """
                    CREATE TABLE command (
                        seq INTEGER PRIMARY KEY AUTOINCREMENT,
                        id TEXT NOT NULL UNIQUE,
                        body TEXT NOT NULL,
                        deadline INTEGER NOT NULL,
                        starting INTEGER,
                        plan TEXT,
                        decision TEXT,
                        answer BLOB,
                        answered INTEGER)\
                    """,
                    "CREATE INDEX command_unanswered ON command (seq) WHERE answer IS NULL",
                    "CREATE INDEX command_answered ON command (answered)",
                    """
                    CREATE TABLE performed (
                        command TEXT NOT NULL REFERENCES command (id) ON DELETE CASCADE,
                        position INTEGER NOT NULL,
                        action TEXT NOT NULL,
                        kind TEXT NOT NULL,
                        detail TEXT NOT NULL,
                        found TEXT,
                        PRIMARY KEY (command, position)) WITHOUT ROWID\
                    """,
                    """
                    CREATE TABLE letter (
                        seq INTEGER PRIMARY KEY AUTOINCREMENT,
                        client TEXT NOT NULL,
                        command TEXT NOT NULL REFERENCES command (id) ON DELETE CASCADE,
                        sent INTEGER NOT NULL DEFAULT 0)\
                    """,
                    "CREATE INDEX letter_command ON letter (command, client)",
                    "CREATE INDEX letter_open ON letter (seq) WHERE sent = 0",
                    """
                    CREATE TABLE dead_letter (
                        seq INTEGER PRIMARY KEY AUTOINCREMENT,
                        at INTEGER NOT NULL,
                        topic TEXT NOT NULL,
                        payload BLOB NOT NULL,
                        size INTEGER NOT NULL,
                        reason TEXT NOT NULL)\
                    """,
                    """
                    CREATE TABLE sample (
                        seq INTEGER PRIMARY KEY AUTOINCREMENT,
                        stream TEXT NOT NULL,
                        number INTEGER NOT NULL,
                        at INTEGER NOT NULL,
                        json TEXT NOT NULL,
                        UNIQUE (stream, number))\
                    """,
                    """
                    CREATE TABLE stream (
                        name TEXT PRIMARY KEY,
                        last INTEGER NOT NULL) WITHOUT ROWID\
                    """);

    private Schema() {}
}
