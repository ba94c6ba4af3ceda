package dev.outrider.kernel;

import static dev.outrider.kernel.Commands.DECISION;
import static dev.outrider.kernel.Commands.DOCK;
import static dev.outrider.kernel.Commands.DRIVE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.kernel.Journal.Receipt;
import dev.outrider.model.Action;
import dev.outrider.model.ActionResult;
import dev.outrider.model.Answer;
import dev.outrider.model.Command;
import dev.outrider.model.CommandId;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Finding;
import dev.outrider.model.Observation;
import dev.outrider.model.Outcome;
import dev.outrider.model.Plan;
import dev.outrider.model.Problem;
import dev.outrider.model.Value;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every journal with its outbox does. */
public abstract class JournalContract {

    private static final Instant DEADLINE = Instant.parse("2026-01-02T03:09:05.123Z");

    protected abstract Journal journal();

    protected abstract Outbox outbox();

    /** Ends the journal and opens it again on what it left behind. */
    protected abstract void restart();

    @Test
    void knowsACommandByItsIdWhoeverAsks() {
        Receipt first = receive(Commands.words("c-1", "alice", "dock"));
        Receipt second = receive(Commands.words("c-1", "bob", "dock"));

        assertThat(first).isEqualTo(new Receipt.Fresh());
        assertThat(second).isEqualTo(new Receipt.InProgress());
    }

    @Test
    void findsAConflictWhenTheContentDiffers() {
        receive(Commands.words("c-1", "alice", "dock"));

        Receipt other = receive(Commands.words("c-1", "alice", "drive"));

        assertThat(other).isEqualTo(new Receipt.Conflict());
    }

    @Test
    void knowsACommandAgainThatHasOddArguments() {
        Map<String, Value> odd = new LinkedHashMap<>();
        for (String kind : List.of("array", "object", "boolean", "null", "number")) {
            odd.put(kind, new Value.Unsupported(kind));
        }
        odd.put("negativeZero", new Value.Quantity(-0.0));
        odd.put("tiny", new Value.Quantity(Double.MIN_VALUE));
        odd.put("huge", new Value.Quantity(Double.MAX_VALUE));
        odd.put("words", new Value.Text("<array> \u0000 \"ü\" \uD83E\uDD16"));
        Command command = Commands.steps("c-1", "alice", new Action("drive", odd), DOCK);
        receive(command);

        Receipt again = receive(command);

        assertThat(again).isEqualTo(new Receipt.InProgress());
    }

    @Test
    void saysThatACommandIsAnswered() {
        Command command = answered("c-1", "alice");

        assertThat(receive(command)).isEqualTo(new Receipt.Answered());
    }

    @Test
    void queuesTheAnswerForTheClientAndTellsTheListener() {
        AtomicInteger heard = new AtomicInteger();
        outbox().onLetter(heard::incrementAndGet);

        Command command = answered("c-1", "alice");

        List<Outbox.Letter> open = outbox().open(0, 10);
        assertThat(open).hasSize(1);
        assertThat(open.getFirst().client()).isEqualTo("alice");
        assertThat(open.getFirst().id()).isEqualTo(command.id());
        assertThat(new String(open.getFirst().payload(), UTF_8))
                .contains("\"id\":\"c-1\"", "\"type\":\"outcome\"", "\"outcome\":\"done\"");
        assertThat(heard).hasPositiveValue();
    }

    @Test
    void repeatsTheStoredAnswerToTheByte() {
        Command command = answered("c-1", "alice");
        Outbox.Letter first = outbox().open(0, 10).getFirst();
        await(outbox().sent(first.sequence()));

        await(journal().repeat(command.id(), "bob"));

        List<Outbox.Letter> open = outbox().open(0, 10);
        assertThat(open).extracting(Outbox.Letter::client).containsExactly("bob");
        assertThat(open.getFirst().payload()).isEqualTo(first.payload());
        assertThat(open.getFirst().sequence()).isGreaterThan(first.sequence());
    }

    @Test
    void keepsTheFirstAnswer() {
        Command command = answered("c-1", "alice");
        byte[] first = outbox().open(0, 10).getFirst().payload();

        Outcome failed = new Outcome.Failed(new Problem(ErrorCode.INTERNAL, "late"));
        await(journal().answer(command, Answer.undecided(command.id(), failed)));

        assertThat(outbox().open(0, 10))
                .isNotEmpty()
                .allSatisfy(letter -> assertThat(letter.payload()).isEqualTo(first));
    }

    @Test
    void queuesACopyForWhoAsksAgainBeforeThereIsAnAnswer() {
        Command command = Commands.words("c-1", "alice", "dock");
        receive(command);

        assertThat(await(journal().repeat(command.id(), "alice"))).isTrue();
        assertThat(await(journal().repeat(command.id(), "alice"))).isTrue();
        assertThat(outbox().open(0, 10)).isEmpty();
        await(journal().answer(command, Commands.done(command)));

        List<Outbox.Letter> open = outbox().open(0, 10);
        assertThat(open).hasSize(2);
        assertThat(open.getFirst().payload()).isEqualTo(open.getLast().payload());
    }

    @Test
    void neverOpensASentLetterAgainByItself() {
        answered("c-1", "alice");
        await(outbox().sent(outbox().open(0, 10).getFirst().sequence()));

        restart();

        assertThat(outbox().open(0, 10)).isEmpty();
    }

    @Test
    void opensAgainWhatWasSentAndNotAcknowledged() {
        answered("c-1", "alice");
        answered("c-2", "alice");
        outbox().open(0, 10).forEach(letter -> await(outbox().sent(letter.sequence())));
        await(outbox().acknowledged("alice", new CommandId("c-1")));

        await(outbox().reopen());

        assertThat(outbox().open(0, 10))
                .extracting(letter -> letter.id().value())
                .containsExactly("c-2");
    }

    @Test
    void letsOnlyTheAddresseeAcknowledge() {
        answered("c-1", "alice");

        await(outbox().acknowledged("mallory", new CommandId("c-1")));

        assertThat(outbox().open(0, 10)).hasSize(1);
    }

    @Test
    void listsOpenLettersInOrderAfterASequence() {
        for (int i = 0; i < 5; i++) {
            answered("c-" + i, "alice");
        }
        long second = outbox().open(0, 2).getLast().sequence();

        List<Outbox.Letter> rest = outbox().open(second, 2);

        assertThat(rest).extracting(letter -> letter.id().value()).containsExactly("c-2", "c-3");
    }

    @Test
    void remembersAcrossARestartHowFarACommandWas() {
        Command command = Commands.steps("c-1", "alice", DRIVE, DOCK);
        Plan plan = Plan.of(DRIVE, DOCK);
        ActionResult result = new ActionResult(DRIVE, ActionResult.Kind.FAILED, "stalled");
        receive(command);
        await(journal().starting(command.id(), plan, DECISION, 0));
        await(journal().performed(command.id(), result));
        await(journal().starting(command.id(), plan, DECISION, 1));

        restart();

        assertThat(journal().unfinished())
                .containsExactly(
                        new Journal.Unfinished(
                                command, DEADLINE, true, plan, List.of(result), DECISION));
    }

    @Test
    void remembersAcrossARestartWhatAnActionFoundOut() {
        Command command = Commands.words("c-1", "alice", "look, read and listen");
        Action look = new Action("look", Map.of());
        Finding cup = new Finding("cup", 0.93, "upper left", 0.1, 0.2, 0.3, 0.4);
        List<ActionResult> results =
                Stream.of(
                                new Observation.Seen(List.of(cup)),
                                new Observation.Seen(List.of()),
                                new Observation.Read(List.of(cup, cup)),
                                new Observation.Heard("hola", "es"))
                        .map(found -> new ActionResult(look, ActionResult.Kind.DONE, "", found))
                        .toList();
        receive(command);
        await(journal().starting(command.id(), Plan.of(look, look, look, look), DECISION, 0));
        results.forEach(result -> await(journal().performed(command.id(), result)));

        restart();

        assertThat(journal().unfinished())
                .singleElement()
                .extracting(Journal.Unfinished::performed)
                .isEqualTo(results);
    }

    @Test
    void remembersAcrossARestartWhatWasReceivedInOrderAndNotBegun() {
        receive(Commands.words("z", "alice", "dock"));
        receive(Commands.words("a", "alice", "dock"));
        answered("m", "alice");

        restart();

        assertThat(journal().unfinished())
                .allSatisfy(left -> assertThat(left.started()).isFalse())
                .allSatisfy(left -> assertThat(left.plan()).isEqualTo(Plan.NONE))
                .extracting(left -> left.command().id().value())
                .containsExactly("z", "a");
    }

    @Test
    void objectsToWhatWasNeverReceivedAndGoesOn() {
        CommandId unknown = new CommandId("unknown");

        assertThat(await(journal().repeat(unknown, "alice"))).isFalse();
        assertThatThrownBy(() -> await(journal().starting(unknown, Plan.NONE, DECISION, 0)))
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(receive(Commands.words("c-1", "alice", "dock"))).isEqualTo(new Receipt.Fresh());
    }

    private Command answered(String id, String client) {
        Command command = Commands.words(id, client, "drive 2 m");
        receive(command);
        await(journal().answer(command, Commands.done(command)));
        return command;
    }

    private Receipt receive(Command command) {
        return await(journal().receive(command, DEADLINE));
    }

    protected static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
