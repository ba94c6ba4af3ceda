package dev.outrider.kernel;

import dev.outrider.kernel.Ladder.Ruling;
import dev.outrider.model.Action;
import dev.outrider.model.ActionResult;
import dev.outrider.model.ActionResult.Kind;
import dev.outrider.model.Answer;
import dev.outrider.model.Capability;
import dev.outrider.model.Command;
import dev.outrider.model.Decision;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Outcome;
import dev.outrider.model.Plan;
import dev.outrider.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Carries out plans that passed the gate, one action after the other. Only its caller's thread owns
 * the actuators; the journal knows of every action before it moves anything.
 */
final class Conductor implements AutoCloseable {

    private static final long REPORT_NANOS = 200_000_000;

    private final Journal journal;
    private final Body body;
    private final SafetyGate gate;
    private final Announcer announcer;
    private final Narrator narrator;
    private final ScheduledExecutorService deadlines =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("deadlines").factory());

    Conductor(Journal journal, Body body, SafetyGate gate, Announcer announcer, Narrator narrator) {
        this.journal = journal;
        this.body = body;
        this.gate = gate;
        this.announcer = announcer;
        this.narrator = narrator;
    }

    /** Carries out the plan and says how it ended. The body is at rest afterwards. */
    Answer carryOut(Job job, Ruling.Accepted ruling) {
        Run run = new Run(job, ruling.plan(), ruling.decision());
        ScheduledFuture<?> expiry =
                deadlines.schedule(
                        () -> job.cancellation().request("its deadline passed"),
                        job.deadline().timeLeft().toNanos(),
                        TimeUnit.NANOSECONDS);
        try {
            announcer.begins(job.command().client(), job.command().id(), ruling.plan());
            return run.answer();
        } finally {
            expiry.cancel(false);
        }
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
    }

    /** One plan being carried out. */
    private final class Run {

        private final Job job;
        private final Command command;
        private final Plan plan;
        private final Decision decision;
        private final List<ActionResult> results = new ArrayList<>();
        private int reported = -1;
        private long reportedAt;
        private double lastFraction;

        Run(Job job, Plan plan, Decision decision) {
            this.job = job;
            this.command = job.command();
            this.plan = plan;
            this.decision = decision;
        }

        Answer answer() {
            for (int i = 0; i < plan.actions().size(); i++) {
                Action action = plan.actions().get(i);
                Optional<Outcome> end =
                        step(i, narrator.filled(action, command.instruction(), results));
                if (end.isPresent()) {
                    return answer(end.get());
                }
            }
            return answer(new Outcome.Done());
        }

        private Optional<Outcome> step(int index, Action action) {
            Optional<Outcome> obstacle = obstacle(action);
            if (obstacle.isPresent()) {
                return obstacle;
            }
            if (!action.condition().holds(body.state(), results)) {
                note(new ActionResult(action, Kind.SKIPPED, "its condition does not hold"));
                return Optional.empty();
            }
            journal.starting(command.id(), plan, decision, index).toCompletableFuture().join();
            return perform(index, action);
        }

        private Optional<Outcome> obstacle(Action action) {
            if (job.cancellation().requested() || job.deadline().passed()) {
                return Optional.of(ended());
            }
            return capability(action).flatMap(c -> gate.unmet(c, body.state())).map(this::failed);
        }

        private Outcome failed(Problem problem) {
            return new Outcome.Failed(problem);
        }

        private Optional<Outcome> perform(int index, Action action) {
            report(index, action, 0);
            Body.Performed performed =
                    body.perform(action, f -> report(index, action, f), job.cancellation());
            return switch (performed) {
                case Body.Performed.Completed(var found) -> {
                    note(new ActionResult(action, Kind.DONE, "", found));
                    report(index, action, 1);
                    yield Optional.empty();
                }
                case Body.Performed.Interrupted(Problem problem) -> {
                    note(new ActionResult(action, Kind.CANCELLED, problem.message()));
                    yield Optional.of(job.cancellation().requested() ? ended() : failed(problem));
                }
                case Body.Performed.Failed(Problem problem) -> {
                    note(new ActionResult(action, Kind.FAILED, problem.message()));
                    yield Optional.of(failed(problem));
                }
            };
        }

        private Outcome ended() {
            return job.deadline().passed()
                    ? new Outcome.Expired(
                            new Problem(
                                    ErrorCode.EXPIRED,
                                    "the deadline passed before the plan was carried out"))
                    : new Outcome.Cancelled(job.cancellation().reason().orElse("cancelled"));
        }

        private void note(ActionResult result) {
            results.add(result);
            journal.performed(command.id(), result);
        }

        /** Tells the client at the beginning, at the end, and five times a second between. */
        private void report(int index, Action action, double fraction) {
            long now = System.nanoTime();
            boolean news = index != reported || (fraction >= 1 && lastFraction < 1);
            if (news || (fraction < 1 && now - reportedAt >= REPORT_NANOS)) {
                reported = index;
                reportedAt = now;
                lastFraction = fraction;
                announcer.progress(
                        command.client(),
                        command.id(),
                        index,
                        plan.actions().size(),
                        action.verb(),
                        fraction);
            }
        }

        private Answer answer(Outcome outcome) {
            for (int i = results.size(); i < plan.actions().size(); i++) {
                results.add(new ActionResult(plan.actions().get(i), Kind.NOT_STARTED, ""));
            }
            return new Answer(
                    command.id(),
                    outcome,
                    plan,
                    results,
                    narrator.told(command.instruction(), results),
                    decision);
        }
    }

    private Optional<Capability> capability(Action action) {
        return body.capabilities().stream().filter(c -> c.verb().equals(action.verb())).findFirst();
    }
}
