package dev.outrider.kernel;

import dev.outrider.kernel.Journal.Receipt;
import dev.outrider.kernel.Ladder.Ruling;
import dev.outrider.model.Answer;
import dev.outrider.model.Command;
import dev.outrider.model.CommandId;
import dev.outrider.model.Decision;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Instruction;
import dev.outrider.model.Outcome;
import dev.outrider.model.Problem;
import dev.outrider.model.Situation;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * A command's way through the robot: accept, decide, check, act, answer. Commands are decided and
 * carried out one at a time, in the order they came, on the thread {@code conductor}; a literal
 * stop and the emergency stop overtake them on the caller's.
 */
public final class Kernel implements Intake, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Kernel.class.getName());

    private final Journal journal;
    private final Announcer announcer;
    private final Body body;
    private final Senses senses;
    private final Clock clock;
    private final Waiting waiting;
    private final Dispatcher dispatcher;

    /**
     * What the kernel is made of.
     *
     * @param situation the robot's own, given the commands waiting and the time left
     * @param stops whether an instruction says no more than stop
     * @param mostWaiting commands waiting at once; more are refused as {@code busy}
     * @param narrator puts what was found out into words
     */
    public record Senses(
            SituationSource situation,
            Predicate<Instruction> stops,
            int mostWaiting,
            Narrator narrator) {}

    /** Measures the robot's situation. */
    public interface SituationSource {
        Situation now(int queued, Duration timeLeft);
    }

    public Kernel(
            Journal journal,
            Announcer announcer,
            Body body,
            Ladder ladder,
            Router router,
            SafetyGate gate,
            Senses senses,
            Clock clock) {
        this.journal = journal;
        this.announcer = announcer;
        this.body = body;
        this.senses = senses;
        this.clock = clock;
        this.waiting = new Waiting(senses.mostWaiting());
        this.dispatcher =
                new Dispatcher(journal, announcer, body, ladder, router, gate, senses, waiting);
    }

    /** Settles what an earlier process left behind, then begins to take commands. */
    public void start() {
        dispatcher.start(clock);
    }

    @Override
    public CompletionStage<Void> command(Command command, Duration timeAllowed) {
        boolean stop = senses.stops().test(command.instruction());
        if (stop && !command.dryRun()) {
            stopEverything("stopped by command " + command.id());
        }
        return journal.receive(command, clock.instant().plus(timeAllowed))
                .thenCompose(receipt -> take(command, stop, timeAllowed, receipt));
    }

    @Override
    public CompletionStage<Void> cancel(CommandId id, String client) {
        String reason = "cancelled by " + client;
        Job running = dispatcher.current();
        if (running != null && running.command().id().equals(id)) {
            running.cancellation().request(reason);
            return done();
        }
        Optional<Job> job = waiting.remove(id);
        if (job.isPresent()) {
            job.get().cancellation().request(reason);
            return dispatcher.answer(
                    job.get().command(), Answer.undecided(id, new Outcome.Cancelled(reason)));
        }
        Optional<OpenQuestions.Open> question = dispatcher.questions().remove(id);
        if (question.isPresent()) {
            return dispatcher.answer(
                    question.get().job().command(),
                    Dispatcher.settled(question.get(), new Outcome.Cancelled(reason)));
        }
        return journal.repeat(id, client)
                .thenAccept(known -> {
                    if (!known) {
                        announcer.refused(client, id, unknown(id));
                    }
                });
    }

    @Override
    public CompletionStage<Void> answer(CommandId id, boolean yes, String client) {
        Optional<OpenQuestions.Open> question = dispatcher.questions().answer(id);
        if (question.isEmpty()) {
            announcer.refused(client, id, noQuestion(id));
            return done();
        }
        OpenQuestions.Open open = question.get();
        if (!yes) {
            return dispatcher.answer(
                    open.job().command(),
                    Dispatcher.settled(open, new Outcome.Cancelled(client + " said no")));
        }
        Decision decision = open.ruling().decision();
        Decision.Accord accord = decision.accord();
        waiting.first(
                open.job()
                        .agreedOn(
                                new Ruling.Accepted(
                                        open.ruling().plan(),
                                        decision.by(accord == null ? null : accord.asked()))));
        return done();
    }

    @Override
    public void emergencyStop(String by) {
        body.engageEmergencyStop(by);
        LOG.log(System.Logger.Level.WARNING, "emergency stop engaged by {0}", by);
        announcer.stateChanged();
    }

    /** The command being decided or carried out, or empty. */
    public Optional<CommandId> busyWith() {
        return Optional.ofNullable(dispatcher.current()).map(j -> j.command().id());
    }

    /** Commands waiting. */
    public int queued() {
        return waiting.size();
    }

    /** How many answers there were of each outcome since the start. */
    public Tally tally() {
        return dispatcher.tally();
    }

    /** Ends the running command as it is and takes no more; the journal keeps what waits. */
    @Override
    public void close() {
        dispatcher.close();
    }

    private CompletionStage<Void> take(
            Command command, boolean stop, Duration timeAllowed, Receipt receipt) {
        return switch (receipt) {
            case Receipt.Fresh() -> {
                announcer.accepted(command.client(), command.id());
                yield enqueue(new Job(command, stop, Deadline.in(timeAllowed, System::nanoTime)));
            }
            case Receipt.InProgress() -> {
                announcer.accepted(command.client(), command.id());
                dispatcher
                        .questions()
                        .of(command.id())
                        .ifPresent(q ->
                                announcer.question(
                                        command.client(),
                                        command.id(),
                                        q.ruling().question(),
                                        q.ruling().plan()));
                yield journal.repeat(command.id(), command.client()).thenAccept(known -> {});
            }
            case Receipt.Answered() ->
                    journal.repeat(command.id(), command.client()).thenAccept(known -> {});
            case Receipt.Conflict() -> {
                announcer.refused(command.client(), command.id(), conflict(command.id()));
                yield done();
            }
        };
    }

    private CompletionStage<Void> enqueue(Job job) {
        boolean taken = job.stop() ? waiting.first(job) : waiting.last(job);
        if (taken) {
            return done();
        }
        Problem busy =
                new Problem(
                        ErrorCode.BUSY,
                        "at most " + senses.mostWaiting() + " commands wait",
                        "too many commands are waiting; send it again later under another id");
        return dispatcher.answer(
                job.command(), Answer.undecided(job.command().id(), new Outcome.Refused(busy)));
    }

    private void stopEverything(String reason) {
        Job running = dispatcher.current();
        if (running != null) {
            running.cancellation().request(reason);
        }
        body.rest();
        for (OpenQuestions.Open question : dispatcher.questions().clear()) {
            dispatcher.answer(
                    question.job().command(),
                    Dispatcher.settled(question, new Outcome.Cancelled(reason)));
        }
        for (Job job : waiting.clear()) {
            job.cancellation().request(reason);
            dispatcher.answer(
                    job.command(),
                    Answer.undecided(job.command().id(), new Outcome.Cancelled(reason)));
        }
    }

    private Problem noQuestion(CommandId id) {
        return dispatcher.questions().wasAnswered(id)
                ? new Problem(
                        ErrorCode.ID_CONFLICT,
                        "a question is answered once",
                        "the question of " + id + " was answered already")
                : new Problem(
                        ErrorCode.ID_MISSING,
                        "no question of a command " + id + " is open; it may have expired");
    }

    private static Problem conflict(CommandId id) {
        return new Problem(
                ErrorCode.ID_CONFLICT,
                "an id stands for one content",
                "the id " + id + " was used before with other content; choose a new one");
    }

    private static Problem unknown(CommandId id) {
        return new Problem(ErrorCode.ID_MISSING, "no command with the id " + id + " is known here");
    }

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedFuture(null);
    }
}
