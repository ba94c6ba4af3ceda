package dev.outrider.reason.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.codec.PlanJson;
import dev.outrider.model.Capability;
import dev.outrider.model.Parameter;
import dev.outrider.model.Unit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an order may depend on that the robot finds out first. */
class FindingsTest {

    private static final ClauseParser ROBOT =
            new ClauseParser(
                    List.of(
                            observing("look", "looks and says what it sees", "mira", "look around"),
                            observing("read", "reads signs and labels", "lee"),
                            does("stop"),
                            does("dock"),
                            new Capability(
                                    "turn",
                                    "turns on the spot, left is positive",
                                    Map.of("angle", new Parameter.Range(Unit.DEGREE, -360, 360)),
                                    Set.of()),
                            new Capability(
                                    "say",
                                    "says a text aloud",
                                    Map.of("text", new Parameter.FreeText(200)),
                                    Set.of())),
                    List.of());

    private static Capability observing(String verb, String description, String... aliases) {
        return new Capability(verb, description, Map.of(), Set.of(), List.of(aliases), true);
    }

    private static Capability does(String verb) {
        return new Capability(verb, verb + "s", Map.of(), Set.of());
    }

    private static String plan(String text) {
        return PlanJson.json(ROBOT.read(text).plan()).toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    look, and if you see a person, turn left | person
                    look and if you see any people turn left | person
                    look. if there is a cat, turn left | cat
                    look around and if you see a person turn left | person
                    look around. If there is a person, turn left. | person
                    look, then turn left if you see a wine glass | wine glass
                    mira y si ves una taza gira a la izquierda | cup
                    mira y si hay gatos, gira a la izquierda | cat
                    read the sign, and if it says danger, turn left | danger
                    """)
    void makesAnOrderDependOnWhatIsFound(String text, String found) {
        String verb = text.startsWith("read") ? "read" : "look";

        assertThat(plan(text))
                .as(ROBOT.read(text).toString())
                .isEqualTo(
                        "[{\"do\":\"%s\"},{\"do\":\"turn\",\"angle\":90,\"if\":{\"found\":\"%s\"}}]"
                                .formatted(verb, found));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "look, and if you see a person, turn left, otherwise dock",
                "mira y si ves una persona gira a la izquierda, si no, vuelve a la base"
            })
    void knowsTheElse(String text) {
        assertThat(plan(text))
                .isEqualTo(
                        "[{\"do\":\"look\"},{\"do\":\"turn\",\"angle\":90,\"if\":{\"found\":\"person\"}},"
                                + "{\"do\":\"dock\",\"if\":{\"not_found\":\"person\"}}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "look, and if you don't see a person, turn left",
                "look, and unless you see a person, turn left",
                "mira y si no ves personas, gira a la izquierda"
            })
    void knowsTheContrary(String text) {
        assertThat(plan(text))
                .isEqualTo(
                        "[{\"do\":\"look\"},{\"do\":\"turn\",\"angle\":90,\"if\":{\"not_found\":\"person\"}}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if you see a person, turn left",
                "look, and if you see a dragon, turn left",
                "look, and if it rains, turn left"
            })
    void asksWhereItCouldNotFindThatOut(String text) {
        assertThat(ROBOT.read(text).complete()).isFalse();
    }
}
