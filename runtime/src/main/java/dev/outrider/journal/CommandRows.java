package dev.outrider.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.codec.AnswerJson;
import dev.outrider.codec.CommandJson;
import dev.outrider.codec.DecisionJson;
import dev.outrider.codec.MalformedJson;
import dev.outrider.codec.ObservationJson;
import dev.outrider.codec.PlanJson;
import dev.outrider.kernel.Journal.Receipt;
import dev.outrider.kernel.Journal.Unfinished;
import dev.outrider.kernel.JournalFailure;
import dev.outrider.model.ActionResult;
import dev.outrider.model.Answer;
import dev.outrider.model.Command;
import dev.outrider.model.CommandId;
import dev.outrider.model.Decision;
import dev.outrider.model.Plan;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Commands received, what became of them, and their answers. */
final class CommandRows {

    private static final Decision UNDECIDED = new Decision("", "", "", List.of(), null);
    private static final int PRUNED_AT_ONCE = 500;

    private CommandRows() {}

    static Receipt receive(Connection c, Command command, Instant deadline) throws SQLException {
        record Known(String body, boolean answered) {}
        var known =
                Sql.first(
                        c,
                        "SELECT body, answer IS NOT NULL FROM command WHERE id = ?",
                        r -> new Known(r.getString(1), r.getBoolean(2)),
                        command.id().value());
        if (known.isPresent()) {
            if (!command(known.get().body()).sameContent(command)) {
                return new Receipt.Conflict();
            }
            return known.get().answered() ? new Receipt.Answered() : new Receipt.InProgress();
        }
        Sql.update(
                c,
                "INSERT INTO command (id, body, deadline) VALUES (?, ?, ?)",
                command.id().value(),
                CommandJson.json(command).toString(),
                deadline.toEpochMilli());
        return new Receipt.Fresh();
    }

    static void starting(Connection c, CommandId id, Plan plan, Decision decision, int action)
            throws SQLException {
        int changed =
                Sql.update(
                        c,
                        "UPDATE command SET starting = ?, plan = ?, decision = ?"
                                + " WHERE id = ? AND answer IS NULL",
                        action,
                        PlanJson.json(plan).toString(),
                        DecisionJson.json(decision).toString(),
                        id.value());
        if (changed == 0) {
            throw new IllegalStateException("not a command in progress: " + id);
        }
    }

    static void performed(Connection c, CommandId id, ActionResult result) throws SQLException {
        requireReceived(c, id);
        Sql.update(
                c,
                "INSERT INTO performed (command, position, action, kind, detail, found)"
                        + " VALUES (?,"
                        + " (SELECT count(*) FROM performed WHERE command = ?), ?, ?, ?, ?)",
                id.value(),
                id.value(),
                PlanJson.json(result.action()).toString(),
                result.kind().wireName(),
                result.detail(),
                result.found() == null ? null : ObservationJson.json(result.found()).toString());
    }

    /** The first answer stays. */
    static void answer(Connection c, Answer answer, Instant now) throws SQLException {
        requireReceived(c, answer.id());
        Sql.update(
                c,
                "UPDATE command SET answer = ?, answered = ? WHERE id = ? AND answer IS NULL",
                AnswerJson.outcome(answer).toString().getBytes(StandardCharsets.UTF_8),
                now.toEpochMilli(),
                answer.id().value());
    }

    static List<Unfinished> unfinished(Connection c) throws SQLException {
        List<String> ids =
                Sql.rows(
                        c,
                        "SELECT id FROM command WHERE answer IS NULL ORDER BY seq",
                        r -> r.getString(1));
        List<Unfinished> unfinished = new ArrayList<>();
        for (String id : ids) {
            List<ActionResult> performed =
                    Sql.rows(
                            c,
                            "SELECT action, kind, detail, found FROM performed WHERE command = ?"
                                    + " ORDER BY position",
                            CommandRows::result,
                            id);
            unfinished.addAll(
                    Sql.rows(
                            c,
                            "SELECT body, deadline, starting IS NOT NULL, plan, decision"
                                    + " FROM command WHERE id = ?",
                            r -> unfinished(r, performed),
                            id));
        }
        return unfinished;
    }

    /** Forgets old answered commands and their letters; true if there are more. */
    static boolean prune(Connection c, Instant now, Duration retention, int keepAtLeast)
            throws SQLException {
        return Sql.update(
                        c,
                        "DELETE FROM command WHERE seq IN (SELECT seq FROM command"
                                + " WHERE answered < ? AND seq <="
                                + " (SELECT coalesce(max(seq), 0) FROM command) - ? LIMIT ?)",
                        now.minus(retention).toEpochMilli(),
                        keepAtLeast,
                        PRUNED_AT_ONCE)
                == PRUNED_AT_ONCE;
    }

    private static void requireReceived(Connection c, CommandId id) throws SQLException {
        if (Sql.first(c, "SELECT 1 FROM command WHERE id = ?", r -> true, id.value()).isEmpty()) {
            throw new IllegalStateException("never received: " + id);
        }
    }

    private static Unfinished unfinished(ResultSet row, List<ActionResult> performed)
            throws SQLException {
        boolean started = row.getBoolean(3);
        return new Unfinished(
                command(row.getString(1)),
                Instant.ofEpochMilli(row.getLong(2)),
                started,
                started ? plan(row.getString(4)) : Plan.NONE,
                performed,
                started ? DecisionJson.decision(node(row.getString(5))) : UNDECIDED);
    }

    private static ActionResult result(ResultSet row) throws SQLException {
        @Nullable String found = row.getString(4);
        try {
            return new ActionResult(
                    PlanJson.action(node(row.getString(1))),
                    ActionResult.Kind.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                    row.getString(3),
                    found == null ? null : ObservationJson.observation(node(found)));
        } catch (MalformedJson e) {
            throw unreadable(e);
        }
    }

    private static Command command(String body) {
        try {
            return CommandJson.command(node(body));
        } catch (MalformedJson e) {
            throw unreadable(e);
        }
    }

    private static Plan plan(String json) {
        try {
            return PlanJson.plan(node(json));
        } catch (MalformedJson e) {
            throw unreadable(e);
        }
    }

    private static JsonNode node(String json) {
        try {
            return PlanJson.MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw unreadable(e);
        }
    }

    private static JournalFailure unreadable(Exception e) {
        return new JournalFailure("a stored row cannot be read: " + e.getMessage(), e, false);
    }
}
