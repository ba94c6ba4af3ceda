package dev.outrider.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrider.journal.JournalConfig;
import dev.outrider.journal.SqliteJournal;
import dev.outrider.model.AskPolicy;
import dev.outrider.model.CommandId;
import dev.outrider.model.Rung;
import dev.outrider.model.Situation;
import dev.outrider.reason.ReflexReasoner;
import dev.outrider.reason.TwoReaders;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan that was read back, and a process that ends before anybody answers. */
class RestartTest {

    private static final Duration SOON = Duration.ofMinutes(5);
    private static final String QUESTION = "test question c-1 drive forward 2 m?";

    @TempDir Path folder;

    @Test
    void asksAgainWhatNobodyAnsweredAndMovesOnceAfterTheYes() {
        try (Life before = new Life()) {
            before.kernel.command(
                    Commands.words("c-1", "test", "drive forward 2 meters with gusto"), SOON);
            await().until(() -> before.announcer.told.contains(QUESTION));
        }

        try (Life after = new Life()) {
            await().until(() -> after.announcer.told.contains(QUESTION));
            assertThat(after.body.performed).isEmpty();
            after.kernel.answer(new CommandId("c-1"), true, "test");
            await().until(() -> after.body.performed.size() == 1);
            await().until(() -> after.journal.unfinished().isEmpty());
        }

        try (Life later = new Life()) {
            later.kernel.command(Commands.words("c-2", "test", "turn left"), SOON);
            await().until(() -> later.body.performed.size() == 1);
            assertThat(later.announcer.told).doesNotContain(QUESTION);
            assertThat(later.body.performed.getFirst().verb()).isEqualTo("turn");
        }
    }

    /** One process's time, on the journal that the next one finds. */
    private final class Life implements AutoCloseable {

        private final SqliteJournal journal =
                SqliteJournal.open(folder, JournalConfig.DEFAULT, Clock.systemUTC());
        private final FakeAnnouncer announcer = new FakeAnnouncer();
        private final FakeBody body = new FakeBody();
        private final Kernel kernel;

        Life() {
            SafetyGate gate = new SafetyGate();
            Ladder ladder =
                    new Ladder(
                            Map.of(new ReflexReasoner(), RungConfig.REFLEX),
                            gate,
                            body,
                            Clock.systemUTC(),
                            List::of,
                            new TwoReaders(AskPolicy.ASK_WHEN_UNSURE, Set.of(Rung.LOCAL)));
            kernel =
                    new Kernel(
                            journal,
                            announcer,
                            body,
                            ladder,
                            new Router(Router.Limits.DEFAULT),
                            gate,
                            new Kernel.Senses(
                                    Life::calm, ReflexReasoner::saysStop, 3, Narrator.SILENT),
                            Clock.systemUTC());
            kernel.start();
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

        @Override
        public void close() {
            body.holding.countDown();
            kernel.close();
            journal.close();
        }
    }
}
