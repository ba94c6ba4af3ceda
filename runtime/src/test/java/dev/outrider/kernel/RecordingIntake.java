package dev.outrider.kernel;

import dev.outrider.model.Command;
import dev.outrider.model.CommandId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * An intake that remembers what it was given. It does with a command what it was told to; at first
 * nothing, at once.
 */
public final class RecordingIntake implements Intake {

    private static final CompletionStage<Void> NOTHING = CompletableFuture.allOf();

    public final List<Taken> commands = new CopyOnWriteArrayList<>();
    public final List<String> cancelled = new CopyOnWriteArrayList<>();
    public final List<String> answered = new CopyOnWriteArrayList<>();
    public final List<String> stops = new CopyOnWriteArrayList<>();
    private volatile Function<Command, CompletionStage<Void>> behaviour = command -> NOTHING;

    /** A command with the time it was given. */
    public record Taken(Command command, Duration timeAllowed) {}

    public void does(Function<Command, CompletionStage<Void>> told) {
        behaviour = told;
    }

    /** Stores each command, and answers those that are new; a known one's answer is repeated. */
    public void answersBy(Journal journal) {
        does(command ->
                journal.receive(command, Clock.systemUTC().instant())
                        .thenCompose(receipt ->
                                receipt instanceof Journal.Receipt.Fresh
                                        ? journal.answer(command, Commands.done(command))
                                        : journal.repeat(command.id(), command.client())
                                                .thenAccept(known -> {})));
    }

    public List<String> ids() {
        return commands.stream().map(taken -> taken.command().id().value()).toList();
    }

    @Override
    public CompletionStage<Void> command(Command command, Duration timeAllowed) {
        commands.add(new Taken(command, timeAllowed));
        return behaviour.apply(command);
    }

    @Override
    public CompletionStage<Void> cancel(CommandId id, String client) {
        cancelled.add(id + " by " + client);
        return NOTHING;
    }

    @Override
    public CompletionStage<Void> answer(CommandId id, boolean yes, String client) {
        answered.add(id + " " + yes + " by " + client);
        return NOTHING;
    }

    @Override
    public void emergencyStop(String by) {
        stops.add(by);
    }
}
