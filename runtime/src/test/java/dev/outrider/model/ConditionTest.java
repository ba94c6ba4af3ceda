package dev.outrider.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.kernel.FakeBody;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

    private static final Action LOOK = new Action("look", Map.of());

    private final BodyState state = new FakeBody().state();

    private static List<ActionResult> after(Observation... found) {
        return Stream.of(found)
                .map(o -> new ActionResult(LOOK, ActionResult.Kind.DONE, "", o))
                .toList();
    }

    private static Observation seen(String... labels) {
        return new Observation.Seen(
                Stream.of(labels).map(l -> new Finding(l, 0.8, "middle", 0, 0, 1, 1)).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "cup, true",
        "CUP, true",
        "' cup ', true",
        "cat, false",
        "dining table, true",
        "table, true",
        "tab, false",
        "cu, false",
        ".*, false",
        "\\E, false"
    })
    void findsWholeWordsInAnyCase(String words, boolean found) {
        List<ActionResult> results = after(seen("cup", "dining table"));

        assertThat(new Condition.Found(words).holds(state, results)).isEqualTo(found);
        assertThat(new Condition.NotFound(words).holds(state, results)).isEqualTo(!found);
    }

    @Test
    void findsWhatWasReadAndHeardToo() {
        List<ActionResult> results =
                after(
                        new Observation.Read(
                                List.of(new Finding("¡PELIGRO! Ánodo", 0.9, "middle", 0, 0, 1, 1))),
                        new Observation.Heard("ven a la cocina", "es"));

        assertThat(new Condition.Found("peligro").holds(state, results)).isTrue();
        assertThat(new Condition.Found("ánodo").holds(state, results)).isTrue();
        assertThat(new Condition.Found("cocina").holds(state, results)).isTrue();
        assertThat(new Condition.NotFound("salón").holds(state, results)).isTrue();
    }

    @Test
    void neitherFindsNorMissesWhereNobodyLooked() {
        List<ActionResult> results = List.of(new ActionResult(LOOK, ActionResult.Kind.SKIPPED, ""));

        assertThat(new Condition.Found("cup").holds(state, results)).isFalse();
        assertThat(new Condition.NotFound("cup").holds(state, results)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 121})
    void looksForNeitherNothingNorAWholePage(int length) {
        String words = "x".repeat(length);

        assertThatThrownBy(() -> new Condition.Found(words))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 120");
        assertThatThrownBy(() -> new Condition.NotFound(" ".repeat(length)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
