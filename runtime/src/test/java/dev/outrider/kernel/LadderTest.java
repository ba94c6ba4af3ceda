package dev.outrider.kernel;

import static dev.outrider.kernel.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.kernel.Ladder.Ruling;
import dev.outrider.kernel.Reasoner.Thought;
import dev.outrider.model.Degradation;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Plan;
import dev.outrider.model.Problem;
import dev.outrider.model.Readiness;
import dev.outrider.model.Route;
import dev.outrider.model.Rung;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LadderTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String DRIVE = "{\"do\":\"drive\",\"distance\":2}";
    private static final String TURN = "{\"do\":\"turn\",\"angle\":90}";
    private static final Plan BOTH = plan("[" + DRIVE + "," + TURN + "]");
    private static final RungConfig PATIENT =
            new RungConfig(Duration.ofSeconds(10), 2, 4, 2, Duration.ofMinutes(1));

    private final FakeBody body = new FakeBody();
    private final FakeReasoner reflex =
            new FakeReasoner(Rung.REFLEX, (q, d, c) -> new Thought.Asks("what do you mean?"));

    @Test
    void takesThePlanOfTheFirstRungThatGivesOne() {
        FakeReasoner cloud = planning(Rung.CLOUD, BOTH);

        Ruling ruling = decide(ladder(cloud, reflex), Rung.CLOUD, Rung.REFLEX);

        assertThat(ruling).isInstanceOf(Ruling.Accepted.class);
        Ruling.Accepted accepted = (Ruling.Accepted) ruling;
        assertThat(accepted.plan()).isEqualTo(BOTH);
        assertThat(accepted.decision().decider()).isEqualTo("cloud");
        assertThat(accepted.decision().model()).isEqualTo("fake-cloud");
        assertThat(accepted.decision().cloudLastReached()).isEqualTo(NOW);
        assertThat(reflex.questions).isEmpty();
    }

    @Test
    void goesOnFromTheLastCompleteActionWhenARungBreaksOff() {
        FakeReasoner cloud =
                new FakeReasoner(
                        Rung.CLOUD,
                        (q, decided, c) -> {
                            decided.accept(BOTH.actions().getFirst());
                            throw ReasoningFailure.broke("the cloud broke off");
                        });
        FakeReasoner local =
                new FakeReasoner(
                        Rung.LOCAL, (q, d, c) -> new Thought.Planned(plan("[" + TURN + "]")));

        Ruling ruling = decide(ladder(cloud, local, reflex), Rung.CLOUD, Rung.LOCAL, Rung.REFLEX);

        assertThat(local.questions.getFirst().already()).containsExactly(BOTH.actions().getFirst());
        Ruling.Accepted accepted = (Ruling.Accepted) ruling;
        assertThat(accepted.plan()).isEqualTo(BOTH);
        assertThat(accepted.decision().decider()).isEqualTo("local");
        assertThat(accepted.decision().reason()).contains("the cloud broke off");
        assertThat(accepted.decision().degraded()).contains(Degradation.NO_CLOUD);
    }

    @Test
    void keepsNothingOfABrokenRungThatTheGateRefuses() {
        FakeReasoner cloud =
                new FakeReasoner(
                        Rung.CLOUD,
                        (q, decided, c) -> {
                            decided.accept(
                                    plan("[{\"do\":\"drive\",\"distance\":99}]")
                                            .actions()
                                            .getFirst());
                            throw ReasoningFailure.broke("gone");
                        });
        FakeReasoner local = planning(Rung.LOCAL, BOTH);

        Ruling ruling = decide(ladder(cloud, local, reflex), Rung.CLOUD, Rung.LOCAL, Rung.REFLEX);

        assertThat(local.questions.getFirst().already()).isEmpty();
        assertThat(((Ruling.Accepted) ruling).plan()).isEqualTo(BOTH);
    }

    @Test
    void asksOnceForAMendedAnswerAndThenTheNextRung() {
        FakeReasoner cloud =
                new FakeReasoner(
                        Rung.CLOUD,
                        (q, d, c) -> {
                            throw ReasoningFailure.unreadable("its plan breaks off");
                        });
        FakeReasoner local = planning(Rung.LOCAL, BOTH);

        Ruling ruling = decide(ladder(cloud, local, reflex), Rung.CLOUD, Rung.LOCAL, Rung.REFLEX);

        assertThat(cloud.questions).hasSize(2);
        assertThat(cloud.questions.getLast().objection()).isEqualTo("its plan breaks off");
        assertThat(((Ruling.Accepted) ruling).decision().decider()).isEqualTo("local");
    }

    @Test
    void tellsARungWhyTheGateRefusedItsPlan() {
        FakeReasoner local =
                new FakeReasoner(
                        Rung.LOCAL,
                        (q, d, c) ->
                                new Thought.Planned(
                                        q.objection().isEmpty()
                                                ? plan("[{\"do\":\"drive\",\"distance\":20}]")
                                                : BOTH));

        Ruling ruling = decide(ladder(local, reflex), Rung.LOCAL, Rung.REFLEX);

        assertThat(local.questions.getLast().objection()).contains("drive.distance is 20 m");
        assertThat(((Ruling.Accepted) ruling).plan()).isEqualTo(BOTH);
    }

    @Test
    void answersWithTheRefusalWhenNoRungMendsIt() {
        Plan tooFar = plan("[{\"do\":\"drive\",\"distance\":20}]");
        FakeReasoner rules = planning(Rung.REFLEX, tooFar);

        Ruling ruling = decide(ladder(rules), Rung.REFLEX);

        Ruling.Refused refused = (Ruling.Refused) ruling;
        assertThat(refused.problem().code()).isEqualTo(ErrorCode.PARAMETER_OUT_OF_RANGE);
        assertThat(refused.plan()).isEqualTo(tooFar);
    }

    @Test
    void passesAQuestionOnAsNotUnderstood() {
        Ruling ruling = decide(ladder(reflex), Rung.REFLEX);

        assertThat(((Ruling.Refused) ruling).problem())
                .isEqualTo(new Problem(ErrorCode.NOT_UNDERSTOOD, "what do you mean?"));
    }

    @Test
    void leavesARungThatDoesNotAnswerInTime() {
        CountDownLatch cancelled = new CountDownLatch(1);
        FakeReasoner slow =
                new FakeReasoner(
                        Rung.CLOUD,
                        (q, d, c) -> {
                            c.onRequest(cancelled::countDown);
                            await(cancelled);
                            throw ReasoningFailure.broke("cancelled");
                        });
        Map<Reasoner, RungConfig> rungs = new LinkedHashMap<>();
        rungs.put(slow, PATIENT.withLimit(Duration.ofMillis(20)));
        rungs.put(planning(Rung.REFLEX, BOTH), RungConfig.REFLEX);

        Ruling ruling = decide(ladder(rungs), Rung.CLOUD, Rung.REFLEX);

        assertThat(((Ruling.Accepted) ruling).decision().reason())
                .contains("cloud did not answer within 20 ms");
        await(cancelled);
    }

    @Test
    void opensTheBreakerOfARungThatFailsRepeatedly() {
        FakeReasoner cloud =
                new FakeReasoner(
                        Rung.CLOUD,
                        (q, d, c) -> {
                            throw ReasoningFailure.broke("refused");
                        });
        Ladder ladder = ladder(cloud, reflex);

        for (int i = 0; i < 4; i++) {
            decide(ladder, Rung.CLOUD, Rung.REFLEX);
        }

        assertThat(cloud.questions).hasSize(2);
        assertThat(ladder.readiness().get(Rung.CLOUD)).isInstanceOf(Readiness.Out.class);
    }

    @Test
    void survivesAReasonerThatThrowsAnythingAtAll() {
        FakeReasoner cloud =
                new FakeReasoner(
                        Rung.CLOUD,
                        (q, d, c) -> {
                            throw new StackOverflowError("deep");
                        });

        Ruling ruling = decide(ladder(cloud, planning(Rung.REFLEX, BOTH)), Rung.CLOUD, Rung.REFLEX);

        assertThat(((Ruling.Accepted) ruling).decision().decider()).isEqualTo("reflex");
    }

    @Test
    void endsAtOnceWhenTheCommandIsCancelled() {
        Cancellation cancellation = new Cancellation();
        FakeReasoner cloud =
                new FakeReasoner(
                        Rung.CLOUD,
                        (q, d, c) -> {
                            cancellation.request("cancelled by test");
                            CountDownLatch never = new CountDownLatch(1);
                            c.onRequest(never::countDown);
                            await(never);
                            return new Thought.Planned(BOTH);
                        });

        assertThatThrownBy(() ->
                        ladder(cloud, reflex)
                                .decide("go", route(Rung.CLOUD, Rung.REFLEX), soon(), cancellation))
                .isInstanceOf(CancellationException.class);
        assertThat(reflex.questions).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static FakeReasoner planning(Rung rung, Plan plan) {
        return new FakeReasoner(rung, (q, d, c) -> new Thought.Planned(plan));
    }

    private Ladder ladder(FakeReasoner... reasoners) {
        Map<Reasoner, RungConfig> rungs = new LinkedHashMap<>();
        for (FakeReasoner reasoner : reasoners) {
            rungs.put(reasoner, PATIENT);
        }
        return ladder(rungs);
    }

    private Ladder ladder(Map<Reasoner, RungConfig> rungs) {
        return new Ladder(
                rungs,
                new SafetyGate(),
                body,
                Clock.fixed(NOW, ZoneOffset.UTC),
                List::of,
                CrossCheck.NONE);
    }

    private static Ruling decide(Ladder ladder, Rung... rungs) {
        return ladder.decide("go", route(rungs), soon(), new Cancellation());
    }

    private static Route route(Rung... rungs) {
        return new Route(List.of(rungs), Map.of(), List.of());
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(30), System::nanoTime);
    }
}
