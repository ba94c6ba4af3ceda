package dev.outrider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrider.ai.catalogue.CacheFolder;
import dev.outrider.ai.catalogue.CatalogueException;
import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.catalogue.PackageClient;
import dev.outrider.ai.catalogue.Progress;
import dev.outrider.ai.testing.Natives;
import dev.outrider.kernel.Commands;
import dev.outrider.kernel.FakeAnnouncer;
import dev.outrider.kernel.FakeBody;
import dev.outrider.kernel.FakeJournal;
import dev.outrider.kernel.Kernel;
import dev.outrider.kernel.Ladder;
import dev.outrider.kernel.Narrator;
import dev.outrider.kernel.Reasoner;
import dev.outrider.kernel.Router;
import dev.outrider.kernel.RungConfig;
import dev.outrider.kernel.SafetyGate;
import dev.outrider.model.Answer;
import dev.outrider.model.AskPolicy;
import dev.outrider.model.Readiness;
import dev.outrider.model.Rung;
import dev.outrider.model.Situation;
import dev.outrider.reason.ReflexReasoner;
import dev.outrider.reason.TwoReaders;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalModelTest {

    private static final PackageClient OFFLINE =
            (reference, folder) -> {
                throw new CatalogueException("no network");
            };

    /** Where nobody listens. */
    private static final String NOBODY = "http://127.0.0.1:1/";

    @TempDir Path folder;

    @Test
    void saysThatScoutCannotBeFetchedAndLeavesTheWordsToTheParser() {
        Natives.assumeLlama();
        FakeBody body = new FakeBody();
        body.holding.countDown();
        Reasoner local = offline(body).open();

        await().until(() -> why(local).contains("not usable"));

        assertThat(why(local))
                .contains("the parser alone reads what it can", "could not be fetched")
                .contains("outrider models pull scout");
        FakeJournal journal = new FakeJournal();
        try (Kernel kernel = kernel(journal, body, local)) {
            kernel.start();
            kernel.command(
                    Commands.words("c-1", "test", "drive forward 2 meters"), Duration.ofMinutes(1));
            Answer answer = await().until(() -> journal.answerTo("c-1"), a -> a != null);
            assertThat(answer.outcome().wireName()).isEqualTo("done");
            assertThat(answer.decidedBy()).extracting("decider").isEqualTo("reflex");
        }
    }

    private LocalModel offline(FakeBody body) {
        CacheFolder empty = new CacheFolder(folder);
        ModelCatalogue catalogue =
                new ModelCatalogue(
                        ModelCatalogue.standard(empty).entries().stream()
                                .map(e -> ModelCatalogue.from(e, NOBODY))
                                .toList(),
                        empty,
                        OFFLINE);
        return new LocalModel(new Defaults(), catalogue, body, Progress.silent());
    }

    private static String why(Reasoner reasoner) {
        return switch (reasoner.readiness()) {
            case Readiness.Out(String reason) -> reason;
            case Readiness.Ready() -> "";
        };
    }

    private static Kernel kernel(FakeJournal journal, FakeBody body, Reasoner local) {
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
                new FakeAnnouncer(),
                body,
                ladder,
                new Router(Router.Limits.DEFAULT),
                gate,
                new Kernel.Senses(
                        LocalModelTest::calm, ReflexReasoner::saysStop, 3, Narrator.SILENT),
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

    /** What is configured where nobody configured anything. */
    private record Defaults() implements RobotConfig.Local {

        @Override
        public Optional<String> model() {
            return Optional.empty();
        }

        @Override
        public int context() {
            return 32_768;
        }

        @Override
        public OptionalInt threads() {
            return OptionalInt.of(1);
        }

        @Override
        public String cacheType() {
            return "f16";
        }

        @Override
        public Duration limit() {
            return Duration.ofSeconds(60);
        }
    }
}
