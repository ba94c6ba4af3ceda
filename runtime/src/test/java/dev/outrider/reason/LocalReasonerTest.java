package dev.outrider.reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.llama.ContextTooLargeException;
import dev.outrider.ai.llama.LlamaOptions;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TinyModel;
import dev.outrider.codec.PlanJson;
import dev.outrider.kernel.Cancellation;
import dev.outrider.kernel.FakeBody;
import dev.outrider.kernel.Reasoner.Question;
import dev.outrider.kernel.Reasoner.Thought;
import dev.outrider.kernel.ReasoningFailure;
import dev.outrider.kernel.SafetyGate;
import dev.outrider.model.Action;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Observation;
import dev.outrider.model.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalReasonerTest {

    private static final String SMOLLM2 = "smollm2-135m-instruct";
    private static final LlamaOptions SMALL =
            LlamaOptions.defaults().withContextTokens(2048).withThreads(1);
    private static final Set<ErrorCode> OF_THE_VALUES =
            Set.of(ErrorCode.PARAMETER_OUT_OF_RANGE, ErrorCode.NOT_UNDERSTOOD);

    @TempDir Path folder;
    private final FakeBody body = new FakeBody();
    private final List<Action> decided = new ArrayList<>();

    @BeforeEach
    void needsTheLibrary() {
        Natives.assumeLlama();
    }

    @ParameterizedTest
    @ValueSource(strings = {"go on", "drive 2 meters", "if the battery is low, dock", "\"]}[\n{"})
    void saysNothingButPlansTheRobotCouldBeGiven(String text) throws Exception {
        try (LocalReasoner local = tiny()) {
            for (long seed = 0; seed < 3; seed++) {
                Thought thought = think(local, text + seed, List.of());

                if (thought instanceof Thought.Planned(var plan, var sure)) {
                    var verdict = new SafetyGate().check(plan, body.capabilities(), body.state());
                    if (verdict instanceof SafetyGate.Verdict.Refused(var problem)) {
                        assertThat(OF_THE_VALUES).contains(problem.code());
                    }
                }
            }
        }
    }

    @Test
    void saysOnlyPlansThatMayDependOnWhatIsFound() throws Exception {
        body.sees = new Observation.Seen(List.of());
        try (LocalReasoner local = tiny()) {
            for (long seed = 0; seed < 5; seed++) {
                think(local, seed + " look, and if you see a cup, stop", List.of());
            }
        }

        assertThat(decided)
                .isNotEmpty()
                .allSatisfy(a -> assertThat(PlanJson.action(PlanJson.json(a))).isEqualTo(a));
    }

    @Test
    void goesOnAfterActionsThatWereDecidedAlready() throws Exception {
        Action drive = new Action("drive", Map.of("distance", new Value.Quantity(2)));
        try (LocalReasoner local = tiny()) {
            Thought thought = think(local, "go on", List.of(drive));

            assertThat(thought).isInstanceOf(Thought.Planned.class);
            assertThat(decided)
                    .isEqualTo(((Thought.Planned) thought).plan().actions())
                    .doesNotContain(drive);
        } catch (ReasoningFailure cutShort) {
            assertThat(cutShort.complaint()).contains("breaks off");
        }
    }

    @Test
    void refusesToPromiseMoreContextThanTheModelHas() throws IOException {
        Path file = TinyModel.standard().write(folder.resolve("tiny.gguf"));

        assertThatThrownBy(() -> LocalReasoner.load("tiny", file, SMALL.withContextTokens(32_768)))
                .isInstanceOf(ContextTooLargeException.class)
                .hasMessageContaining("32768")
                .hasMessageContaining("2048");
    }

    @Test
    @Tag("real-model")
    void answersUnderTheGrammarWithARealModel() {
        try (LocalReasoner local =
                LocalReasoner.load(SMOLLM2, Natives.assumeModel(SMOLLM2), SMALL)) {
            for (String text : List.of("go two meters", "gira a la izquierda", "say hello")) {
                assertThat(think(local, text, List.of())).isNotNull();
            }
            assertThat(decided).isNotEmpty();
        }
    }

    private LocalReasoner tiny() throws IOException {
        Path file = TinyModel.standard().write(folder.resolve("tiny.gguf"));
        return LocalReasoner.load("tiny", file, SMALL);
    }

    private Thought think(LocalReasoner local, String text, List<Action> already) {
        Question question =
                new Question(
                        text,
                        body.capabilities(),
                        body.places(),
                        body.state(),
                        already,
                        "",
                        Duration.ofSeconds(60));
        try {
            return local.think(question, decided::add, new Cancellation());
        } catch (ReasoningFailure failure) {
            assertThat(failure.complaint()).contains("breaks off");
            return new Thought.Asks(failure.complaint());
        }
    }
}
