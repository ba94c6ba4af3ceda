package dev.outrider.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements on a connection. */
final class Sql {

    private Sql() {}

    /** Reads one row. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** How many rows changed. */
    static int update(Connection connection, String sql, @Nullable Object... arguments)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, arguments)) {
            return statement.executeUpdate();
        }
    }

    static <T> List<T> rows(
            Connection connection, String sql, Row<T> row, @Nullable Object... arguments)
            throws SQLException {
        List<T> rows = new ArrayList<>();
        try (PreparedStatement statement = prepare(connection, sql, arguments);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows.add(row.read(result));
            }
        }
        return rows;
    }

    static <T> Optional<T> first(
            Connection connection, String sql, Row<T> row, @Nullable Object... arguments)
            throws SQLException {
        return rows(connection, sql, row, arguments).stream().findFirst();
    }

    private static PreparedStatement prepare(
            Connection connection, String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }
}
