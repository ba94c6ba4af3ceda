package dev.outrider.gateway.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outrider.gateway.robot.Robot;
import dev.outrider.gateway.robot.Robot.Limits;
import dev.outrider.gateway.robot.Roster.RobotStore;
import dev.outrider.gateway.robot.Token.Hash;
import dev.outrider.gateway.store.Database.StoreFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Robots in SQL. */
public final class JdbcRobots implements RobotStore {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String SAVE =
            """
            INSERT INTO robot (name, models, requests_per_minute, concurrent, daily_requests,
                daily_tokens, daily_micro_usd, tokens, certificates, revoked)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET models = excluded.models,
                requests_per_minute = excluded.requests_per_minute,
                concurrent = excluded.concurrent, daily_requests = excluded.daily_requests,
                daily_tokens = excluded.daily_tokens, daily_micro_usd = excluded.daily_micro_usd,
                tokens = excluded.tokens, certificates = excluded.certificates,
                revoked = excluded.revoked
            """;

    /** A token as it is kept: an end of {@link Long#MAX_VALUE} is none. */
    private record KeptToken(String sha256, long validUntilMs) {

        static KeptToken of(Hash hash) {
            boolean endless = hash.validUntil().equals(Instant.MAX);
            return new KeptToken(
                    hash.sha256(), endless ? Long.MAX_VALUE : hash.validUntil().toEpochMilli());
        }

        Hash hash() {
            boolean endless = validUntilMs == Long.MAX_VALUE;
            return new Hash(sha256, endless ? Instant.MAX : Instant.ofEpochMilli(validUntilMs));
        }
    }

    private final Database database;

    public JdbcRobots(Database database) {
        this.database = database;
    }

    @Override
    public long revision() {
        return database.read(
                "read the roster's revision",
                connection -> {
                    try (var select =
                                    connection.prepareStatement(
                                            "SELECT revision FROM roster_revision WHERE id = 1");
                            ResultSet row = select.executeQuery()) {
                        return row.next() ? row.getLong(1) : -1L;
                    }
                });
    }

    @Override
    public List<Robot> all() {
        return database.read(
                "read the robots",
                connection -> {
                    List<Robot> robots = new ArrayList<>();
                    try (var select =
                                    connection.prepareStatement(
                                            "SELECT * FROM robot ORDER BY name");
                            ResultSet row = select.executeQuery()) {
                        while (row.next()) {
                            robots.add(robot(row));
                        }
                    }
                    return robots;
                });
    }

    @Override
    public void save(Robot robot) {
        int _ =
                database.inTransaction(
                        "save robot " + robot.name(),
                        connection -> {
                            write(connection, robot);
                            try (var count =
                                    connection.prepareStatement(
                                            "UPDATE roster_revision SET revision = revision + 1"
                                                    + " WHERE id = 1")) {
                                return count.executeUpdate();
                            }
                        });
    }

    private static void write(Connection connection, Robot robot) throws SQLException {
        try (PreparedStatement save = connection.prepareStatement(SAVE)) {
            Limits limits = robot.limits();
            save.setString(1, robot.name());
            save.setString(2, text(new TreeSet<>(robot.models())));
            save.setLong(3, limits.requestsPerMinute());
            save.setLong(4, limits.concurrent());
            save.setLong(5, limits.dailyRequests());
            save.setLong(6, limits.dailyTokens());
            save.setLong(7, limits.dailyMicroUsd());
            save.setString(8, text(robot.tokens().stream().map(KeptToken::of).toList()));
            save.setString(9, text(new TreeSet<>(robot.certificates())));
            save.setInt(10, robot.revoked() ? 1 : 0);
            save.executeUpdate();
        }
    }

    private static Robot robot(ResultSet row) throws SQLException {
        Limits limits =
                new Limits(
                        row.getLong("requests_per_minute"),
                        row.getLong("concurrent"),
                        row.getLong("daily_requests"),
                        row.getLong("daily_tokens"),
                        row.getLong("daily_micro_usd"));
        List<KeptToken> tokens = value(row.getString("tokens"), new TypeReference<>() {});
        Set<String> models = value(row.getString("models"), new TypeReference<>() {});
        Set<String> certificates = value(row.getString("certificates"), new TypeReference<>() {});
        return new Robot(
                row.getString("name"),
                models,
                limits,
                tokens.stream().map(KeptToken::hash).toList(),
                certificates,
                row.getInt("revoked") != 0);
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("lists of text can be written as JSON", e);
        }
    }

    private static <T> T value(String text, TypeReference<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new StoreFailure("read a robot, its row is damaged", e);
        }
    }
}
