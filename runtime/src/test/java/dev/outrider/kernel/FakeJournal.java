package dev.outrider.kernel;

import dev.outrider.model.ActionResult;
import dev.outrider.model.Answer;
import dev.outrider.model.Command;
import dev.outrider.model.CommandId;
import dev.outrider.model.Decision;
import dev.outrider.model.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A journal in memory that can be told to fail. */
public final class FakeJournal implements Journal {

    public final Map<CommandId, Answer> answers = new LinkedHashMap<>();
    public final List<String> events = new ArrayList<>();
    public final List<Unfinished> left = new ArrayList<>();
    public volatile boolean broken;
    private final Map<CommandId, Command> received = new LinkedHashMap<>();

    public synchronized @Nullable Answer answerTo(String id) {
        return answers.get(new CommandId(id));
    }

    @Override
    public synchronized CompletionStage<Receipt> receive(Command command, Instant deadline) {
        if (broken) {
            return failed();
        }
        Command known = received.putIfAbsent(command.id(), command);
        if (known == null) {
            return CompletableFuture.completedFuture(new Receipt.Fresh());
        }
        if (!known.sameContent(command)) {
            return CompletableFuture.completedFuture(new Receipt.Conflict());
        }
        return CompletableFuture.completedFuture(
                answers.containsKey(command.id())
                        ? new Receipt.Answered()
                        : new Receipt.InProgress());
    }

    @Override
    public synchronized CompletionStage<Void> starting(
            CommandId id, Plan plan, Decision decision, int action) {
        events.add("starting " + id + " " + action);
        return broken ? failed() : done();
    }

    @Override
    public synchronized CompletionStage<Void> performed(CommandId id, ActionResult result) {
        events.add("performed " + id + " " + result.kind().wireName());
        return done();
    }

    @Override
    public synchronized CompletionStage<Void> answer(Command command, Answer answer) {
        if (broken) {
            return failed();
        }
        answers.put(command.id(), answer);
        events.add("answer " + command.id() + " " + answer.outcome().wireName());
        return done();
    }

    @Override
    public synchronized CompletionStage<Boolean> repeat(CommandId id, String client) {
        events.add("repeat " + id + " " + client);
        return CompletableFuture.completedFuture(answers.containsKey(id));
    }

    @Override
    public List<Unfinished> unfinished() {
        return List.copyOf(left);
    }

    private static <T> CompletionStage<T> failed() {
        return CompletableFuture.failedFuture(
                new JournalFailure("no room", new IllegalStateException(), true));
    }

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedFuture(null);
    }
}
