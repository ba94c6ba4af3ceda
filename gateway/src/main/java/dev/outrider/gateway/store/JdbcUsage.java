package dev.outrider.gateway.store;

import dev.outrider.gateway.robot.Counters.Spend;
import dev.outrider.gateway.usage.Usage;
import dev.outrider.gateway.usage.UsageStore;
import dev.outrider.gateway.usage.UsageStore.Query;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records of use in SQL. */
public final class JdbcUsage implements UsageStore {

    private static final String APPEND =
            """
            INSERT INTO usage_log (id, at, robot, model, endpoint, streaming, status, outcome,
                upstream, prompt_tokens, completion_tokens, estimated, micro_usd, latency_ms,
                first_token_ms, calls, prompt)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO NOTHING
            """;

    private static final String SPENT =
            "SELECT robot, COUNT(*), SUM(prompt_tokens + completion_tokens), SUM(micro_usd)"
                    + " FROM usage_log WHERE at >= ? AND calls > 0 GROUP BY robot";

    private final Database database;

    public JdbcUsage(Database database) {
        this.database = database;
    }

    @Override
    public void append(List<Usage> records) {
        int[] _ =
                database.inTransaction(
                        "append records of use",
                        connection -> {
                            try (PreparedStatement append = connection.prepareStatement(APPEND)) {
                                for (Usage usage : records) {
                                    bind(append, usage);
                                    append.addBatch();
                                }
                                return append.executeBatch();
                            }
                        });
    }

    private static void bind(PreparedStatement append, Usage usage) throws SQLException {
        append.setString(1, usage.id());
        append.setLong(2, usage.at().toEpochMilli());
        append.setString(3, usage.robot());
        append.setString(4, usage.model());
        append.setString(5, usage.endpoint());
        append.setInt(6, usage.streaming() ? 1 : 0);
        append.setInt(7, usage.status());
        append.setString(8, usage.outcome());
        append.setString(9, usage.upstream());
        append.setLong(10, usage.promptTokens());
        append.setLong(11, usage.completionTokens());
        append.setInt(12, usage.estimated() ? 1 : 0);
        append.setLong(13, usage.microUsd());
        append.setLong(14, usage.latencyMs());
        if (usage.firstTokenMs() == null) {
            append.setNull(15, Types.BIGINT);
        } else {
            append.setLong(15, usage.firstTokenMs());
        }
        append.setInt(16, usage.calls());
        append.setString(17, usage.prompt());
    }

    @Override
    public List<Usage> find(Query query) {
        @Nullable String robot = query.robot();
        String sql =
                "SELECT * FROM usage_log WHERE at >= ? AND at < ?"
                        + (robot == null ? "" : " AND robot = ?")
                        + " ORDER BY at DESC, id LIMIT ?";
        return database.read(
                "read records of use",
                connection -> {
                    try (PreparedStatement find = connection.prepareStatement(sql)) {
                        int next = 1;
                        find.setLong(next++, query.from().toEpochMilli());
                        find.setLong(next++, query.to().toEpochMilli());
                        if (robot != null) {
                            find.setString(next++, robot);
                        }
                        find.setInt(next, query.limit());
                        return rows(find);
                    }
                });
    }

    private static List<Usage> rows(PreparedStatement find) throws SQLException {
        List<Usage> found = new ArrayList<>();
        try (ResultSet row = find.executeQuery()) {
            while (row.next()) {
                found.add(usage(row));
            }
        }
        return found;
    }

    private static Usage usage(ResultSet row) throws SQLException {
        long firstToken = row.getLong("first_token_ms");
        @Nullable Long firstTokenMs = row.wasNull() ? null : Long.valueOf(firstToken);
        return new Usage(
                row.getString("id"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("robot"),
                row.getString("model"),
                row.getString("endpoint"),
                row.getInt("streaming") != 0,
                row.getInt("status"),
                row.getString("outcome"),
                row.getString("upstream"),
                row.getLong("prompt_tokens"),
                row.getLong("completion_tokens"),
                row.getInt("estimated") != 0,
                row.getLong("micro_usd"),
                row.getLong("latency_ms"),
                firstTokenMs,
                row.getInt("calls"),
                row.getString("prompt"));
    }

    @Override
    public Map<String, Spend> spentSince(Instant from) {
        return database.read(
                "add up what robots used",
                connection -> {
                    try (PreparedStatement add = connection.prepareStatement(SPENT)) {
                        add.setLong(1, from.toEpochMilli());
                        return sums(add);
                    }
                });
    }

    private static Map<String, Spend> sums(PreparedStatement add) throws SQLException {
        Map<String, Spend> spent = new HashMap<>();
        try (ResultSet row = add.executeQuery()) {
            while (row.next()) {
                Spend sum = new Spend(row.getLong(2), row.getLong(3), row.getLong(4));
                spent.put(row.getString(1), sum);
            }
        }
        return spent;
    }
}
