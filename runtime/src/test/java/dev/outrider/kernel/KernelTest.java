package dev.outrider.kernel;

import static dev.outrider.kernel.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrider.model.ActionResult;
import dev.outrider.model.Answer;
import dev.outrider.model.AskPolicy;
import dev.outrider.model.Command;
import dev.outrider.model.CommandId;
import dev.outrider.model.Decision;
import dev.outrider.model.Finding;
import dev.outrider.model.Instruction;
import dev.outrider.model.Observation;
import dev.outrider.model.Plan;
import dev.outrider.model.RoutingPolicy;
import dev.outrider.model.Rung;
import dev.outrider.model.Situation;
import dev.outrider.reason.ReflexReasoner;
import dev.outrider.reason.TwoReaders;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KernelTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    /** An order with words that nobody reads. */
    private static final String UNSURE = "drive forward 2 meters with gusto";

    private static final String QUESTION = "test question c-1 drive forward 2 m?";

    private final FakeJournal journal = new FakeJournal();
    private final FakeAnnouncer announcer = new FakeAnnouncer();
    private final FakeBody body = new FakeBody();
    private final FakeReasoner local =
            new FakeReasoner(
                    Rung.LOCAL,
                    (question, decided, cancellation) -> {
                        throw ReasoningFailure.broke("out of its depth");
                    });
    private final Kernel kernel = kernel();

    @AfterEach
    void close() {
        body.holding.countDown();
        kernel.close();
    }

    @Test
    void carriesOutWhatWasSaidAndAnswers() {
        kernel.start();

        kernel.command(words("c-1", "drive forward 2 meters, then turn left"), SOON);

        Answer answer = answerTo("c-1");
        assertThat(answer.outcome().wireName()).isEqualTo("done");
        assertThat(answer.plan()).isEqualTo(drivingAndTurning());
        assertThat(body.performed).isEqualTo(drivingAndTurning().actions());
        assertThat(answer.decidedBy()).isNotNull();
        assertThat(announcer.told)
                .startsWith("test accepted c-1", "test progress c-1 0/2 drive 0.0")
                .endsWith("test progress c-1 1/2 turn 1.0");
    }

    @Test
    void marksEveryActionInTheJournalBeforeItMoves() {
        kernel.start();

        kernel.command(words("c-1", "drive forward 2 meters, then turn left"), SOON);
        answerTo("c-1");

        assertThat(journal.events)
                .containsExactly(
                        "starting c-1 0",
                        "performed c-1 done",
                        "starting c-1 1",
                        "performed c-1 done",
                        "answer c-1 done");
    }

    @Test
    void movesNothingInADryRun() {
        kernel.start();

        kernel.command(
                new Command(
                        new CommandId("c-1"),
                        "test",
                        new Instruction.Words("drive forward 2 meters"),
                        RoutingPolicy.PREFER_ON_DEVICE,
                        true),
                SOON);

        assertThat(answerTo("c-1").outcome().wireName()).isEqualTo("planned");
        assertThat(body.performed).isEmpty();
    }

    @Test
    void readsBackWhatItIsNotSureOfAndMovesOnlyAfterAYes() {
        kernel.start();

        kernel.command(words("c-1", UNSURE), SOON);
        await().until(() -> announcer.told.contains(QUESTION));
        assertThat(body.performed).isEmpty();
        kernel.answer(new CommandId("c-1"), true, "test");

        Answer answer = answerTo("c-1");
        assertThat(answer.outcome().wireName()).isEqualTo("done");
        assertThat(answer.decidedBy())
                .extracting("accord.readers")
                .isEqualTo(Decision.Readers.ASKED);
        assertThat(body.performed).hasSize(1);
    }

    @Test
    void carriesOutOtherCommandsWhileAQuestionIsOpen() {
        kernel.start();
        kernel.command(words("c-1", UNSURE), SOON);
        await().until(() -> announcer.told.contains(QUESTION));

        kernel.command(words("c-2", "turn left"), SOON);

        assertThat(answerTo("c-2").outcome().wireName()).isEqualTo("done");
    }

    @Test
    void movesNothingAfterANo() {
        kernel.start();
        kernel.command(words("c-1", UNSURE), SOON);
        await().until(() -> announcer.told.contains(QUESTION));

        kernel.answer(new CommandId("c-1"), false, "test");

        assertThat(answerTo("c-1").outcome())
                .isEqualTo(new dev.outrider.model.Outcome.Cancelled("test said no"));
        assertThat(body.performed).isEmpty();
    }

    @Test
    void takesOneAnswerToAQuestionAndNoStrayOne() {
        kernel.start();
        kernel.command(words("c-1", UNSURE), SOON);
        await().until(() -> announcer.told.contains(QUESTION));
        kernel.answer(new CommandId("c-1"), true, "test");
        answerTo("c-1");

        kernel.answer(new CommandId("c-1"), true, "test");
        kernel.answer(new CommandId("c-9"), true, "test");

        assertThat(announcer.told)
                .endsWith("test refused c-1 id_conflict", "test refused c-9 id_missing");
        assertThat(body.performed).hasSize(1);
    }

    @Test
    void answersAQuestionNobodyAnsweredWithExpired() {
        kernel.start();

        kernel.command(words("c-1", UNSURE), Duration.ofMillis(300));

        assertThat(answerTo("c-1").outcome().wireName()).isEqualTo("expired");
        assertThat(body.performed).isEmpty();
    }

    @Test
    void aStopAndACancelTakeAnOpenQuestionBack() {
        kernel.start();
        kernel.command(words("c-1", UNSURE), SOON);
        kernel.command(words("c-2", UNSURE), SOON);
        await().until(() ->
                announcer.told.stream().filter(t -> t.contains("question")).count() == 2);

        kernel.cancel(new CommandId("c-1"), "test");
        kernel.command(words("c-3", "stop"), SOON);

        assertThat(answerTo("c-1").outcome().wireName()).isEqualTo("cancelled");
        assertThat(answerTo("c-2").outcome().wireName()).isEqualTo("cancelled");
        kernel.answer(new CommandId("c-2"), true, "test");
        assertThat(announcer.told).contains("test refused c-2 id_missing");
        assertThat(body.performed).noneMatch(a -> a.verb().equals("drive"));
    }

    @Test
    void asksAgainAfterARestart() {
        journal.left.add(
                new Journal.Unfinished(
                        words("c-1", UNSURE),
                        Clock.systemUTC().instant().plus(SOON),
                        false,
                        Plan.NONE,
                        List.of(),
                        new Decision("", "", "", List.of(), null)));

        kernel.start();

        await().until(() -> announcer.told.contains(QUESTION));
    }

    @Test
    void repeatsTheStoredAnswerForASeenCommand() {
        kernel.start();
        kernel.command(words("c-1", "turn left"), SOON);
        answerTo("c-1");

        kernel.command(words("c-1", "turn left"), SOON);

        assertThat(journal.events).endsWith("repeat c-1 test");
        assertThat(body.performed).hasSize(1);
    }

    @Test
    void refusesASeenIdWithOtherContent() {
        kernel.start();
        kernel.command(words("c-1", "turn left"), SOON);
        answerTo("c-1");

        kernel.command(words("c-1", "turn right"), SOON);

        assertThat(announcer.told).endsWith("test refused c-1 id_conflict");
        assertThat(body.performed).hasSize(1);
    }

    @Test
    void answersAnExpiredCommandWithoutMoving() {
        kernel.start();

        kernel.command(words("c-1", "turn left"), Duration.ZERO);

        assertThat(answerTo("c-1").outcome().wireName()).isEqualTo("expired");
        assertThat(body.performed).isEmpty();
    }

    @Test
    void stopsMovingWhenTheDeadlinePasses() {
        body.holding = new CountDownLatch(1);
        kernel.start();

        kernel.command(words("c-1", "drive forward 2 meters, turn left"), Duration.ofMillis(300));

        Answer answer = answerTo("c-1");
        assertThat(answer.outcome().wireName()).isEqualTo("expired");
        assertThat(answer.actions())
                .extracting(ActionResult::kind)
                .containsExactly(ActionResult.Kind.CANCELLED, ActionResult.Kind.NOT_STARTED);
    }

    @Test
    void cancelsARunningCommand() throws Exception {
        body.holding = new CountDownLatch(1);
        kernel.start();
        kernel.command(words("c-1", "turn left"), SOON);
        body.entered.await();

        kernel.cancel(new CommandId("c-1"), "test");

        assertThat(answerTo("c-1").outcome().wireName()).isEqualTo("cancelled");
    }

    @Test
    void cancelsAWaitingCommand() throws Exception {
        body.holding = new CountDownLatch(1);
        kernel.start();
        kernel.command(words("c-1", "turn left"), SOON);
        body.entered.await();
        kernel.command(words("c-2", "turn right"), SOON);

        kernel.cancel(new CommandId("c-2"), "test");

        assertThat(answerTo("c-2").outcome().wireName()).isEqualTo("cancelled");
        body.holding.countDown();
        assertThat(answerTo("c-1").outcome().wireName()).isEqualTo("done");
        assertThat(body.performed).hasSize(1);
    }

    @Test
    void tellsWhoCancelsACommandNobodyKnows() {
        kernel.start();

        kernel.cancel(new CommandId("c-9"), "test");

        assertThat(announcer.told).contains("test refused c-9 id_missing");
    }

    @Test
    void letsAStopOvertakeWhatRunsAndWhatWaits() throws Exception {
        body.holding = new CountDownLatch(1);
        kernel.start();
        kernel.command(words("c-1", "turn left"), SOON);
        body.entered.await();
        kernel.command(words("c-2", "turn right"), SOON);

        kernel.command(words("c-3", "¡alto!"), SOON);

        assertThat(answerTo("c-1").outcome().wireName()).isEqualTo("cancelled");
        assertThat(answerTo("c-2").outcome().wireName()).isEqualTo("cancelled");
        body.holding.countDown();
        assertThat(answerTo("c-3").outcome().wireName()).isEqualTo("done");
        assertThat(body.rested.get()).isPositive();
    }

    @Test
    void neverLetsAModelReasonAboutAStop() {
        kernel.start();

        kernel.command(words("c-1", "please stop"), SOON);

        Answer answer = answerTo("c-1");
        assertThat(answer.plan()).isEqualTo(plan("[{\"do\":\"stop\"}]"));
        assertThat(answer.decidedBy()).extracting(Decision::decider).isEqualTo("reflex");
        assertThat(local.questions).isEmpty();
    }

    @Test
    void failsARunningCommandOnAnEmergencyStopAndRefusesTheNext() throws Exception {
        body.holding = new CountDownLatch(1);
        kernel.start();
        kernel.command(words("c-1", "turn left"), SOON);
        body.entered.await();

        kernel.emergencyStop("test");
        kernel.command(words("c-2", "turn left"), SOON);

        assertThat(answerTo("c-1").outcome().wireName()).isEqualTo("failed");
        assertThat(answerTo("c-2").outcome().toString()).contains("ESTOP_ENGAGED");
    }

    @Test
    void refusesWhatComesWhenTooManyWait() throws Exception {
        body.holding = new CountDownLatch(1);
        kernel.start();
        kernel.command(words("c-0", "turn left"), SOON);
        body.entered.await();

        for (int i = 1; i <= 4; i++) {
            kernel.command(words("c-" + i, "turn left"), SOON);
        }

        assertThat(answerTo("c-4").outcome().toString()).contains("BUSY");
    }

    @Test
    void skipsAnActionWhoseConditionDoesNotHold() {
        kernel.start();

        kernel.command(
                steps(
                        "c-1",
                        "[{\"do\":\"stop\",\"if\":{\"battery\":{\"below\":30}}},"
                                + "{\"do\":\"turn\",\"angle\":5,\"if\":{\"battery\":{\"above\":30}}}]"),
                SOON);

        assertThat(answerTo("c-1").actions())
                .extracting(ActionResult::kind)
                .containsExactly(ActionResult.Kind.SKIPPED, ActionResult.Kind.DONE);
        assertThat(body.performed).hasSize(1);
    }

    @Test
    void goesByWhatItFindsOut() {
        body.sees = new Observation.Seen(List.of(new Finding("cup", 0.9, "middle", 0, 0, 1, 1)));
        kernel.start();

        kernel.command(
                steps(
                        "c-1",
                        "[{\"do\":\"look\"},"
                                + "{\"do\":\"say\",\"text\":\"hello\",\"if\":{\"found\":\"person\"}},"
                                + "{\"do\":\"turn\",\"angle\":5,\"if\":{\"found\":\"Cup\"}},"
                                + "{\"do\":\"stop\",\"if\":{\"not_found\":\"person\"}}]"),
                SOON);

        assertThat(answerTo("c-1").actions())
                .extracting(ActionResult::kind)
                .containsExactly(
                        ActionResult.Kind.DONE,
                        ActionResult.Kind.SKIPPED,
                        ActionResult.Kind.DONE,
                        ActionResult.Kind.DONE);
    }

    @Test
    void doesNotAcknowledgeWhatTheJournalCouldNotStore() {
        kernel.start();
        journal.broken = true;

        var taken = kernel.command(words("c-1", "turn left"), SOON).toCompletableFuture();

        assertThat(taken).isCompletedExceptionally();
        assertThat(body.performed).isEmpty();
    }

    @Test
    void movesNothingWhenTheJournalBreaksAfterAccepting() throws Exception {
        body.holding = new CountDownLatch(1);
        kernel.start();
        kernel.command(words("c-1", "turn left"), SOON);
        body.entered.await();
        kernel.command(words("c-2", "turn right"), SOON);

        journal.broken = true;
        body.holding.countDown();
        await().until(() -> body.performed.size() == 1);
        journal.broken = false;

        assertThat(answerTo("c-1").outcome().wireName()).isEqualTo("done");
        assertThat(answerTo("c-2").outcome().wireName()).isEqualTo("done");
    }

    @Test
    void reportsAsUncertainWhatAnEarlierProcessHadStarted() {
        journal.left.add(
                new Journal.Unfinished(
                        words("c-1", "drive forward 2 meters, turn left"),
                        Clock.systemUTC().instant().plus(SOON),
                        true,
                        drivingAndTurning(),
                        List.of(),
                        new Decision("reflex", "rules", "why", List.of(), null)));

        kernel.start();

        Answer answer = answerTo("c-1");
        assertThat(answer.outcome().wireName()).isEqualTo("uncertain");
        assertThat(answer.actions())
                .extracting(ActionResult::kind)
                .containsExactly(ActionResult.Kind.UNCERTAIN, ActionResult.Kind.NOT_STARTED);
        assertThat(body.performed).isEmpty();
    }

    @Test
    void carriesOutWhatAnEarlierProcessHadNotStarted() {
        journal.left.add(
                new Journal.Unfinished(
                        words("c-1", "turn left"),
                        Clock.systemUTC().instant().plus(SOON),
                        false,
                        Plan.NONE,
                        List.of(),
                        new Decision("reflex", "", "", List.of(), null)));

        kernel.start();

        assertThat(answerTo("c-1").outcome().wireName()).isEqualTo("done");
        assertThat(body.performed).hasSize(1);
    }

    private Answer answerTo(String id) {
        return await().until(() -> journal.answerTo(id), answer -> answer != null);
    }

    private static Plan drivingAndTurning() {
        return plan("[{\"do\":\"drive\",\"distance\":2},{\"do\":\"turn\",\"angle\":90}]");
    }

    private static Command words(String id, String text) {
        return new Command(
                new CommandId(id),
                "test",
                new Instruction.Words(text),
                RoutingPolicy.PREFER_ON_DEVICE,
                false);
    }

    private static Command steps(String id, String plan) {
        return new Command(
                new CommandId(id),
                "test",
                new Instruction.Steps(plan(plan)),
                RoutingPolicy.PREFER_ON_DEVICE,
                false);
    }

    private Kernel kernel() {
        SafetyGate gate = new SafetyGate();
        Ladder ladder =
                new Ladder(
                        Map.of(new ReflexReasoner(), RungConfig.REFLEX, local, RungConfig.LOCAL),
                        gate,
                        body,
                        Clock.systemUTC(),
                        List::of,
                        new TwoReaders(AskPolicy.ASK_WHEN_UNSURE, Set.of(Rung.LOCAL)));
        return new Kernel(
                journal,
                announcer,
                body,
                ladder,
                new Router(Router.Limits.DEFAULT),
                gate,
                new Kernel.Senses(KernelTest::calm, ReflexReasoner::saysStop, 3, Narrator.SILENT),
                Clock.systemUTC());
    }

    private static Situation calm(int queued, Duration timeLeft) {
        return new Situation(
                OptionalDouble.of(0.9),
                false,
                OptionalDouble.of(40),
                OptionalDouble.of(0.5),
                queued,
                timeLeft);
    }
}
