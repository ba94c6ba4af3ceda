package dev.outrider.journal;

import dev.outrider.kernel.Outbox.Letter;
import dev.outrider.model.CommandId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Answers on their way to clients; the payload is the command's stored answer. */
final class LetterRows {

    private LetterRows() {}

    /**
     * Queues a command's answer, to be sent once there is one; false if the command is not known.
     * What was sent before is superseded, and a client that asks over and over gets two at the
     * most.
     */
    static boolean queue(Connection c, CommandId id, String client) throws SQLException {
        Sql.update(
                c,
                "DELETE FROM letter WHERE command = ? AND client = ? AND sent = 1",
                id.value(),
                client);
        Sql.update(
                c,
                "INSERT INTO letter (client, command) SELECT ?, id FROM command WHERE id = ?"
                        + " AND (SELECT count(*) FROM letter l WHERE l.command = command.id"
                        + " AND l.client = ?) < 2",
                client,
                id.value(),
                client);
        return !Sql.rows(
                        c,
                        "SELECT 1 FROM letter WHERE command = ? AND client = ?",
                        r -> 1,
                        id.value(),
                        client)
                .isEmpty();
    }

    static List<Letter> open(Connection c, long after, int limit) throws SQLException {
        return Sql.rows(
                c,
                "SELECT l.seq, l.client, l.command, k.answer FROM letter l"
                        + " JOIN command k ON k.id = l.command"
                        + " WHERE l.sent = 0 AND k.answer IS NOT NULL AND l.seq > ? ORDER BY l.seq LIMIT ?",
                r ->
                        new Letter(
                                r.getLong(1),
                                r.getString(2),
                                new CommandId(r.getString(3)),
                                r.getBytes(4)),
                after,
                limit);
    }

    static void sent(Connection c, long sequence) throws SQLException {
        Sql.update(c, "UPDATE letter SET sent = 1 WHERE seq = ?", sequence);
    }

    static void acknowledged(Connection c, String client, CommandId id) throws SQLException {
        Sql.update(c, "DELETE FROM letter WHERE command = ? AND client = ?", id.value(), client);
    }

    static void reopen(Connection c) throws SQLException {
        Sql.update(c, "UPDATE letter SET sent = 0 WHERE sent = 1");
    }
}
