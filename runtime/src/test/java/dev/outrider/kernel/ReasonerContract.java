package dev.outrider.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.kernel.Reasoner.Question;
import dev.outrider.kernel.Reasoner.Thought;
import dev.outrider.model.Action;
import dev.outrider.model.Plan;
import dev.outrider.model.Readiness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the ladder relies on, whatever the rung. */
public abstract class ReasonerContract {

    private final FakeBody body = new FakeBody();
    private final List<Action> decided = new ArrayList<>();

    /** A rung that is there, and gives a plan to {@link #understood}. */
    protected abstract Reasoner reasoner() throws Exception;

    /** Words that this rung makes a plan of. */
    protected abstract String understood();

    @Test
    void saysWhoItIsAndThatItIsThere() throws Exception {
        assertThat(reasoner().model()).isNotBlank();
        assertThat(reasoner().readiness()).isEqualTo(new Readiness.Ready());
    }

    @Test
    void handsOnEveryActionOfItsPlanInOrder() throws Exception {
        Thought thought = think(understood(), List.of());

        assertThat(thought).isInstanceOf(Thought.Planned.class);
        assertThat(decided).isNotEmpty().isEqualTo(((Thought.Planned) thought).plan().actions());
    }

    @Test
    void neverRepeatsWhatWasDecidedAlready() throws Exception {
        Plan whole = ((Thought.Planned) think(understood(), List.of())).plan();
        List<Action> already = whole.actions().subList(0, whole.actions().size() - 1);
        decided.clear();

        Thought thought = think(understood(), already);

        assertThat(((Thought.Planned) thought).plan().actions())
                .isEqualTo(decided)
                .hasSize(1)
                .doesNotContainAnyElementsOf(already);
    }

    /** Asks the rung about a robot with the fake body's capabilities. */
    protected Thought think(String text, List<Action> already) throws Exception {
        return reasoner()
                .think(
                        new Question(
                                text,
                                body.capabilities(),
                                body.places(),
                                body.state(),
                                already,
                                "",
                                Duration.ofSeconds(30)),
                        decided::add,
                        new Cancellation());
    }

    /** Asserts that a rung that is out fails and says the reason. */
    protected static void assertOut(Reasoner reasoner, String reason) {
        assertThat(reasoner.readiness()).isEqualTo(new Readiness.Out(reason));
        FakeBody body = new FakeBody();
        assertThatThrownBy(() ->
                        reasoner.think(
                                new Question(
                                        "go",
                                        body.capabilities(),
                                        body.places(),
                                        body.state(),
                                        List.of(),
                                        "",
                                        Duration.ofSeconds(1)),
                                a -> {},
                                new Cancellation()))
                .isInstanceOf(ReasoningFailure.class)
                .hasMessage(reason);
    }
}
