package dev.outrider.journal;

import dev.outrider.kernel.Telemetry.Sample;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Telemetry on its way. */
final class SampleRows {

    private SampleRows() {}

    static long append(Connection c, Instant at, String stream, String json, int keep)
            throws SQLException {
        long number =
                Sql.first(
                                c,
                                "INSERT INTO stream (name, last) VALUES (?, 1)"
                                        + " ON CONFLICT (name) DO UPDATE SET last = last + 1"
                                        + " RETURNING last",
                                r -> r.getLong(1),
                                stream)
                        .orElseThrow();
        Sql.update(
                c,
                "INSERT INTO sample (stream, number, at, json) VALUES (?, ?, ?, ?)",
                stream,
                number,
                at.toEpochMilli(),
                json);
        Sql.update(c, "DELETE FROM sample WHERE stream = ? AND number <= ?", stream, number - keep);
        return number;
    }

    static List<Sample> stored(Connection c, long after, int limit) throws SQLException {
        return Sql.rows(
                c,
                "SELECT seq, stream, number, at, json FROM sample WHERE seq > ?"
                        + " ORDER BY seq LIMIT ?",
                r ->
                        new Sample(
                                r.getLong(1),
                                r.getString(2),
                                r.getLong(3),
                                Instant.ofEpochMilli(r.getLong(4)),
                                r.getString(5)),
                after,
                limit);
    }

    static void delivered(Connection c, Sample sample) throws SQLException {
        Sql.update(c, "DELETE FROM sample WHERE seq = ?", sample.position());
    }
}
