package dev.outrider.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;

/** Messages nobody could read. */
final class DeadLetterRows {

    private DeadLetterRows() {}

    static void bury(
            Connection c,
            Instant at,
            String topic,
            byte[] payload,
            String reason,
            JournalConfig config)
            throws SQLException {
        Sql.update(
                c,
                "INSERT INTO dead_letter (at, topic, payload, size, reason) VALUES (?, ?, ?, ?, ?)",
                at.toEpochMilli(),
                topic,
                Arrays.copyOf(payload, Math.min(payload.length, config.deadLetterBytes())),
                payload.length,
                reason);
        Sql.update(
                c,
                "DELETE FROM dead_letter WHERE seq <= (SELECT max(seq) FROM dead_letter) - ?",
                config.deadLetters());
    }
}
