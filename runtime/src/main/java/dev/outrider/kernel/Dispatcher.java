package dev.outrider.kernel;

import dev.outrider.kernel.Journal.Unfinished;
import dev.outrider.kernel.Kernel.Senses;
import dev.outrider.kernel.Ladder.Ruling;
import dev.outrider.model.ActionResult;
import dev.outrider.model.Answer;
import dev.outrider.model.Command;
import dev.outrider.model.CommandId;
import dev.outrider.model.Decision;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Instruction;
import dev.outrider.model.Outcome;
import dev.outrider.model.Plan;
import dev.outrider.model.Problem;
import dev.outrider.model.Route;
import dev.outrider.model.Situation;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Takes the waiting commands one at a time and has each decided, carried out and answered, on the
 * thread {@code conductor}, the only one that moves actuators.
 */
final class Dispatcher implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

    private final Journal journal;
    private final Announcer announcer;
    private final Body body;
    private final Ladder ladder;
    private final Router router;
    private final SafetyGate gate;
    private final Conductor conductor;
    private final Senses senses;
    private final Waiting waiting;
    private final OpenQuestions questions;
    private final Tally tally = new Tally();
    private final Thread thread;
    private volatile @Nullable Job current;
    private volatile boolean closing;

    Dispatcher(
            Journal journal,
            Announcer announcer,
            Body body,
            Ladder ladder,
            Router router,
            SafetyGate gate,
            Senses senses,
            Waiting waiting) {
        this.journal = journal;
        this.announcer = announcer;
        this.body = body;
        this.ladder = ladder;
        this.router = router;
        this.gate = gate;
        this.senses = senses;
        this.waiting = waiting;
        this.questions = new OpenQuestions(senses.mostWaiting());
        this.conductor = new Conductor(journal, body, gate, announcer, senses.narrator());
        this.thread = Thread.ofPlatform().name("conductor").unstarted(this::work);
    }

    /** Settles what an earlier process left behind, then begins to take what waits. */
    void start(Clock clock) {
        for (Unfinished unfinished : journal.unfinished()) {
            settle(unfinished, clock);
        }
        thread.start();
    }

    /** The job being decided or carried out, or null. */
    @Nullable Job current() {
        return current;
    }

    Tally tally() {
        return tally;
    }

    /** The plans that wait for a yes. */
    OpenQuestions questions() {
        return questions;
    }

    /** Stores an answer and counts it. */
    CompletionStage<Void> answer(Command command, Answer answer) {
        return journal.answer(command, answer)
                .thenRun(() -> {
                    tally.count(answer.outcome().wireName());
                    announcer.answered(command.client(), answer);
                });
    }

    /** Ends the running job as it is; what waits stays in the journal. */
    @Override
    public void close() {
        closing = true;
        waiting.close();
        Job running = current;
        if (running != null) {
            running.cancellation().request("the robot is shutting down");
        }
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        body.rest();
        conductor.close();
        questions.close();
    }

    private void settle(Unfinished unfinished, Clock clock) {
        Command command = unfinished.command();
        Duration left = Duration.between(clock.instant(), unfinished.deadline());
        if (unfinished.started()) {
            List<ActionResult> results = interrupted(unfinished);
            answer(
                            command,
                            new Answer(
                                    command.id(),
                                    new Outcome.Uncertain(
                                            "the process ended while an action was moving"),
                                    unfinished.plan(),
                                    results,
                                    unfinished.decision()))
                    .toCompletableFuture()
                    .join();
        } else {
            boolean stop = senses.stops().test(command.instruction());
            waiting.last(new Job(command, stop, Deadline.in(left, System::nanoTime)));
        }
    }

    private static List<ActionResult> interrupted(Unfinished unfinished) {
        List<ActionResult> results = new ArrayList<>(unfinished.performed());
        Plan plan = unfinished.plan();
        for (int i = results.size(); i < plan.actions().size(); i++) {
            ActionResult.Kind kind =
                    i == unfinished.performed().size()
                            ? ActionResult.Kind.UNCERTAIN
                            : ActionResult.Kind.NOT_STARTED;
            results.add(new ActionResult(plan.actions().get(i), kind, ""));
        }
        return results;
    }

    private void work() {
        while (!closing) {
            Optional<Job> next = waiting.take();
            if (next.isEmpty()) {
                return;
            }
            current = next.get();
            announcer.stateChanged();
            try {
                run(next.get());
            } finally {
                current = null;
                announcer.stateChanged();
            }
        }
    }

    private void run(Job job) {
        @Nullable Answer answer;
        try {
            answer = answerTo(job);
        } catch (CancellationException e) {
            String reason = job.cancellation().reason().orElse("cancelled");
            answer = Answer.undecided(job.command().id(), new Outcome.Cancelled(reason));
        } catch (RuntimeException e) {
            body.rest();
            LOG.log(System.Logger.Level.ERROR, "command " + job.command().id() + " failed", e);
            answer =
                    Answer.undecided(
                            job.command().id(),
                            new Outcome.Failed(
                                    new Problem(ErrorCode.INTERNAL, "the robot failed: " + e)));
        }
        if (answer != null) {
            persist(job.command(), answer);
        }
    }

    /** The job's answer, or null while its sender is asked. */
    private @Nullable Answer answerTo(Job job) {
        CommandId id = job.command().id();
        if (job.deadline().passed()) {
            return Answer.undecided(id, expired());
        }
        return switch (rule(job)) {
            case Ruling.Refused(Problem problem, Plan plan, var decision) ->
                    new Answer(id, new Outcome.Refused(problem), plan, List.of(), decision);
            case Ruling.Accepted accepted ->
                    job.command().dryRun()
                            ? planned(id, accepted.plan(), accepted.decision())
                            : conductor.carryOut(job, accepted);
            case Ruling.Unsure unsure ->
                    job.command().dryRun()
                            ? planned(id, unsure.plan(), unsure.decision())
                            : ask(job, unsure);
        };
    }

    private static Answer planned(CommandId id, Plan plan, Decision decision) {
        return new Answer(id, new Outcome.Planned(), plan, List.of(), decision);
    }

    /** Reads the plan back; null once the question is open. */
    private @Nullable Answer ask(Job job, Ruling.Unsure unsure) {
        CommandId id = job.command().id();
        if (!questions.open(new OpenQuestions.Open(job, unsure), this::unanswered)) {
            Problem busy =
                    new Problem(
                            ErrorCode.BUSY,
                            "too many questions are open; answer them, and send this again under"
                                    + " another id");
            return Answer.undecided(id, new Outcome.Refused(busy));
        }
        announcer.question(job.command().client(), id, unsure.question(), unsure.plan());
        return null;
    }

    private void unanswered(OpenQuestions.Open question) {
        persist(
                question.job().command(),
                settled(
                        question,
                        new Outcome.Expired(
                                new Problem(
                                        ErrorCode.EXPIRED,
                                        "nobody answered \""
                                                + question.ruling().question()
                                                + "\" before the deadline"))));
    }

    /** The answer of a command whose plan was not carried out after it was read back. */
    static Answer settled(OpenQuestions.Open question, Outcome outcome) {
        return new Answer(
                question.job().command().id(),
                outcome,
                question.ruling().plan(),
                List.of(),
                question.ruling().decision());
    }

    private Ruling rule(Job job) {
        Command command = job.command();
        Ruling.@Nullable Accepted agreed = job.agreed();
        if (agreed != null) {
            return checked(agreed.plan(), agreed.decision());
        }
        Situation situation = senses.situation().now(waiting.size(), job.deadline().timeLeft());
        Route preferred = router.route(command.policy(), situation, ladder.readiness());
        Route route = job.stop() ? preferred.onlyReflex() : preferred;
        return switch (command.instruction()) {
            case Instruction.Words(String text) ->
                    ladder.decide(text, route, job.deadline(), job.cancellation());
            case Instruction.Steps(Plan plan) -> checked(plan, ladder.given(route));
        };
    }

    private Ruling checked(Plan plan, Decision decision) {
        return switch (gate.check(plan, body.capabilities(), body.state())) {
            case SafetyGate.Verdict.Accepted(Plan accepted) ->
                    new Ruling.Accepted(accepted, decision);
            case SafetyGate.Verdict.Refused(Problem problem) ->
                    new Ruling.Refused(problem, plan, decision);
        };
    }

    /** Stores the answer, however long the disk stays full; until then nothing else moves. */
    private void persist(Command command, Answer answer) {
        for (long pauseMillis = 200; ; pauseMillis = Math.min(5000, pauseMillis * 2)) {
            try {
                answer(command, answer).toCompletableFuture().join();
                return;
            } catch (RuntimeException e) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "the answer to {0} could not be stored, trying again: {1}",
                        command.id(),
                        e.getMessage());
            }
            if (closing || !paused(pauseMillis)) {
                return;
            }
        }
    }

    private static boolean paused(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Outcome expired() {
        return new Outcome.Expired(
                new Problem(ErrorCode.EXPIRED, "the deadline passed before its turn came"));
    }
}
