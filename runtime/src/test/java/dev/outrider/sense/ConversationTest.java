package dev.outrider.sense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrider.ai.catalogue.CacheFolder;
import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.catalogue.Progress;
import dev.outrider.ai.sense.SenseException;
import dev.outrider.ai.sense.Sound;
import dev.outrider.ai.sense.TextToSpeech;
import dev.outrider.kernel.Intake;
import dev.outrider.kernel.Telemetry;
import dev.outrider.model.Action;
import dev.outrider.model.Answer;
import dev.outrider.model.Capability;
import dev.outrider.model.Command;
import dev.outrider.model.CommandId;
import dev.outrider.model.Instruction;
import dev.outrider.model.Outcome;
import dev.outrider.model.Parameter;
import dev.outrider.model.Plan;
import dev.outrider.model.Requirement;
import dev.outrider.model.Unit;
import dev.outrider.model.Value;
import dev.outrider.reason.language.Language;
import dev.outrider.sense.Conversation.Said;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said becomes commands, and what becomes of them is said. Speaks by espeak-ng alone. */
class ConversationTest {

    private static final Capability TURN =
            new Capability(
                    "turn",
                    "turns on the spot, to the left where the angle is positive",
                    Map.of("angle", new Parameter.Range(Unit.DEGREE, -360, 360)),
                    Set.of(Requirement.ESTOP_RELEASED));
    private static final Plan LEFT =
            Plan.of(new Action("turn", Map.of("angle", new Value.Quantity(90))));

    private final Taken taken = new Taken();
    private final Measured measured = new Measured();
    private final HeldSpeaker speaker = new HeldSpeaker();

    @TempDir Path noModels;
    private Mouth mouth;
    private Conversation conversation;

    @BeforeEach
    void speak() {
        try {
            TextToSpeech.plain("en").close();
        } catch (SenseException e) {
            Assumptions.abort(String.valueOf(e.getMessage()));
        }
        Models models =
                new Models(ModelCatalogue.standard(new CacheFolder(noModels)), Progress.silent());
        mouth = new Mouth(speaker, models, text -> "en");
        conversation =
                new Conversation(mouth, () -> List.of(TURN), measured, Duration.ofMinutes(1));
    }

    @AfterEach
    void close() {
        if (conversation != null) {
            conversation.close();
            mouth.close();
        }
    }

    @Test
    void takesWhatIsSaidAsACommandAndSaysWhatBecomesOfIt() {
        hear("Gira noventa grados a la izquierda.", Language.ES);
        Command command = taken.commands.getFirst();
        conversation.begins(Conversation.CLIENT, command.id(), LEFT);
        conversation.answered(Conversation.CLIENT, done(command));

        await().until(() -> speaker.texts.get() == 2);

        assertThat(command.client()).isEqualTo("voice");
        assertThat(command.instruction())
                .isEqualTo(new Instruction.Words("Gira noventa grados a la izquierda."));
        assertThat(measured.samples)
                .singleElement()
                .satisfies(sample ->
                        assertThat(sample)
                                .startsWith("voice {\"id\":\"" + command.id())
                                .contains("Voy a girar 90° a la izquierda.")
                                .contains("\"silence\":500,\"transcription\":300")
                                .contains("\"total\":"));
    }

    @Test
    void saysNothingOfOthersCommandsNorBeforeWhatMovesNothing() {
        hear("say hello", Language.EN);
        Command command = taken.commands.getFirst();
        Action look = new Action("look", Map.of());
        conversation.begins("alice", new CommandId("c-1"), LEFT);
        conversation.begins(Conversation.CLIENT, command.id(), Plan.of(look));
        conversation.answered(Conversation.CLIENT, done(command));

        await().until(() -> speaker.texts.get() == 1);

        assertThat(measured.samples).singleElement().asString().contains("\"says\":\"Done.\"");
    }

    @Test
    void fallsSilentAtAStopAndForgetsWhatItWasGoingToSay() throws InterruptedException {
        speaker.held = new CountDownLatch(1);
        hear("turn left", Language.EN);
        Command command = taken.commands.getFirst();
        conversation.begins(Conversation.CLIENT, command.id(), LEFT);
        conversation.begins(Conversation.CLIENT, command.id(), LEFT);
        speaker.entered.await();

        hear("¡Alto!", Language.ES);
        conversation.answered(Conversation.CLIENT, done(command));

        await().until(() -> speaker.texts.get() == 2);
        assertThat(speaker.cut.get()).isEqualTo(1);
        assertThat(taken.commands).hasSize(2);
    }

    @Test
    void obeysItselfOnlyToStop() throws InterruptedException {
        speaker.held = new CountDownLatch(1);
        hear("turn left", Language.EN);
        conversation.begins(Conversation.CLIENT, taken.commands.getFirst().id(), LEFT);
        speaker.entered.await();

        conversation.hear(taken, "I will turn left 90 degrees.", Language.EN, said(), true);
        conversation.hear(taken, "Stop.", Language.EN, said(), true);

        assertThat(taken.commands)
                .extracting(Command::instruction)
                .containsExactly(
                        new Instruction.Words("turn left"), new Instruction.Words("Stop."));
    }

    @Test
    void takesAYesOrANoForTheQuestionAndAnythingElseForANoAndACommand() {
        hear("drive with gusto", Language.EN);
        CommandId first = taken.commands.getFirst().id();
        conversation.question(Conversation.CLIENT, first, "drive forward 2 m?", LEFT);
        hear("Yes, please.", Language.EN);
        conversation.question(Conversation.CLIENT, first, "¿girar?", LEFT);
        hear("Turn right.", Language.EN);
        hear("Sí.", Language.ES);

        assertThat(taken.answers).containsExactly(first + " true", first + " false");
        assertThat(taken.commands).hasSize(3);
    }

    @Test
    void showsWhatIsSaidWhileItIsAndWhatItWasInTheEnd() {
        conversation.hearing("turn", System.nanoTime(), true);
        conversation.hearing("turn left", System.nanoTime(), true);
        hear("Turn left.", Language.EN);
        hear("Turn right.", Language.EN);

        assertThat(measured.samples)
                .containsExactly(
                        "voice {\"text\":\"turn\",\"partial\":true}",
                        "voice {\"text\":\"turn left\",\"partial\":true}",
                        "voice {\"text\":\"Turn left.\",\"partial\":false}");
        assertThat(taken.commands).as("what was said, once").hasSize(2);
    }

    @Test
    void takesBackWhatWasShownAndCameToNothing() {
        conversation.heardNothing();
        conversation.hearing("hm", System.nanoTime(), false);
        conversation.heardNothing();
        conversation.heardNothing();

        assertThat(measured.samples)
                .containsExactly(
                        "voice {\"text\":\"hm\",\"partial\":true}",
                        "voice {\"text\":\"\",\"partial\":false}");
        assertThat(taken.commands).isEmpty();
    }

    @Test
    void doesNotShowWhatItSaysItself() throws InterruptedException {
        speaker.held = new CountDownLatch(1);
        hear("turn left", Language.EN);
        conversation.begins(Conversation.CLIENT, taken.commands.getFirst().id(), LEFT);
        speaker.entered.await();

        conversation.hearing("I will turn", System.nanoTime(), true);

        assertThat(measured.samples).isEmpty();
        conversation.hearing("stop now", System.nanoTime(), false);
        assertThat(measured.samples).hasSize(1);
    }

    @Test
    void takesNothingForNothing() {
        hear("  ", Language.EN);

        assertThat(taken.commands).isEmpty();
    }

    private void hear(String text, Language language) {
        conversation.hear(taken, text, language, said(), false);
    }

    /** Half a second of silence, and a third of one to write it down, until now. */
    private static Said said() {
        long now = System.nanoTime();
        return new Said(now - 2_000_000_000L, now - 800_000_000L, now - 300_000_000L, now);
    }

    private static Answer done(Command command) {
        return new Answer(command.id(), new Outcome.Done(), Plan.NONE, List.of(), null);
    }

    /** Remembers what it took. */
    private static final class Taken implements Intake {

        private final List<Command> commands = new ArrayList<>();
        private final List<String> answers = new ArrayList<>();

        @Override
        public CompletionStage<Void> command(Command command, Duration timeAllowed) {
            commands.add(command);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> cancel(CommandId id, String client) {
            throw new AssertionError("nothing is cancelled");
        }

        @Override
        public CompletionStage<Void> answer(CommandId id, boolean yes, String client) {
            answers.add(id + " " + yes);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void emergencyStop(String by) {
            throw new AssertionError("a stop is a command");
        }
    }

    /** Remembers what was measured. */
    private static final class Measured implements Telemetry {

        private final List<String> samples = Collections.synchronizedList(new ArrayList<>());

        @Override
        public CompletionStage<Long> append(String stream, String json) {
            samples.add(stream + " " + json);
            return CompletableFuture.completedFuture((long) samples.size());
        }

        @Override
        public List<Sample> stored(long after, int limit) {
            return List.of();
        }

        @Override
        public CompletionStage<Void> delivered(Sample sample) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onSample(Runnable listener) {}
    }

    /** Plays at once, or holds what it plays until it is cut. */
    private static final class HeldSpeaker implements Loudspeaker {

        private final AtomicInteger texts = new AtomicInteger();
        private final AtomicInteger cut = new AtomicInteger();
        private final CountDownLatch entered = new CountDownLatch(1);
        private volatile CountDownLatch held = new CountDownLatch(0);

        @Override
        public Playback begin() {
            return new Playback() {
                @Override
                public void play(Sound sound) {
                    entered.countDown();
                    try {
                        held.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }

                @Override
                public void cut() {
                    cut.incrementAndGet();
                    held.countDown();
                }

                @Override
                public void close() {
                    texts.incrementAndGet();
                }
            };
        }

        @Override
        public String describe() {
            return "held";
        }
    }
}
