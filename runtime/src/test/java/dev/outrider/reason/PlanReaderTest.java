package dev.outrider.reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.kernel.Reasoner.Thought;
import dev.outrider.kernel.ReasoningFailure;
import dev.outrider.model.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanReaderTest {

    private static final String TWO =
            "[{\"do\":\"say\",\"text\":\"a ] } \\\" b\"},{\"do\":\"drive\",\"distance\":2,"
                    + "\"if\":{\"battery\":{\"above\":30}}}]";

    private final List<Action> decided = new ArrayList<>();
    private final PlanReader reader = new PlanReader(decided::add);

    @Test
    void handsOnEachActionAtItsClosingBrace() {
        int first = TWO.indexOf("},{");

        for (int i = 0; i < TWO.length(); i++) {
            reader.feed(TWO.substring(i, i + 1));
            assertThat(decided).hasSize(i < first ? 0 : i < TWO.length() - 2 ? 1 : 2);
        }

        assertThat(reader.complete()).isTrue();
        assertThat(((Thought.Planned) reader.thought()).plan().actions()).isEqualTo(decided);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"plan\":%s}", "```json\n%s\n```", "Here you go: %s I hope", " %s "})
    void findsThePlanInWhateverStandsAroundIt(String around) {
        reader.feed(around.formatted(TWO));

        assertThat(((Thought.Planned) reader.thought()).plan().actions()).hasSize(2);
    }

    @Test
    void turnsAskAndRefuseIntoWords() {
        reader.feed("[{\"do\":\"ask\",\"question\":\"how far?\"}]");

        assertThat(reader.thought()).isEqualTo(new Thought.Asks("how far?"));
        assertThat(decided).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "I cannot do that",
                "[",
                "[{\"do\":\"drive\"",
                "[{\"do\":\"drive\",\"distance\":2}",
                "[2]",
                "[{\"distance\":2}]",
                "[{\"do\":\"drive\",\"distance\":2,\"distance\":3}]",
                "[{\"do\":\"drive\",\"if\":{\"mood\":1}}]",
                "[{\"do\":\"drive\",\"if\":{\"found\":1}}]",
                "[{\"do\":\"drive\",\"if\":{\"found\":\" \"}}]",
                "[{\"do\":\"drive\",\"if\":{\"found\":\"a\",\"not_found\":\"b\"}}]",
                "[{do:drive}]"
            })
    void refusesWhatIsNoPlan(String text) {
        assertThatThrownBy(
                        () -> {
                            reader.feed(text);
                            reader.thought();
                        })
                .isInstanceOf(ReasoningFailure.class);
    }

    @Test
    void endsWithAPlanOrAFailureWhateverIsFed() {
        Random random = new Random(7);
        String alphabet = "[]{}\",:\\ do12-azé";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "[{\"do\":" : "");
            for (int n = random.nextInt(40); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            PlanReader fuzzed = new PlanReader(a -> {});
            try {
                fuzzed.feed(text.toString());
                assertThat(fuzzed.thought()).isNotNull();
            } catch (ReasoningFailure expected) {
                assertThat(expected.complaint()).isNotBlank();
            }
        }
    }

    @Test
    void doesNotReadWithoutEnd() {
        String chunk = "[".concat(" ".repeat(1000));

        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 100; i++) {
                                reader.feed(chunk.substring(i == 0 ? 0 : 1));
                            }
                        })
                .isInstanceOf(ReasoningFailure.class)
                .hasMessageContaining("characters");
    }
}
