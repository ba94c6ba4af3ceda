package dev.outrider.reason;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.codec.PlanJson;
import dev.outrider.kernel.Cancellation;
import dev.outrider.kernel.Reasoner.Question;
import dev.outrider.kernel.Reasoner.Thought;
import dev.outrider.model.BodyState;
import dev.outrider.model.Capability;
import dev.outrider.model.Instruction;
import dev.outrider.model.Parameter;
import dev.outrider.model.Place;
import dev.outrider.model.Plan;
import dev.outrider.model.Unit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the reflex rung obeys, and that it obeys nothing else. */
class ReflexCommandsTest {

    static final List<Place> PLACES =
            List.of(
                    new Place("dock", List.of("base", "estación")),
                    new Place("kitchen", List.of("cocina")));

    static final List<Capability> CAPABILITIES =
            List.of(
                    able(
                            "drive",
                            "drives straight ahead, or back where the distance is negative",
                            "distance",
                            new Parameter.Range(Unit.METER, -10, 10)),
                    able(
                            "turn",
                            "turns on the spot, to the left where the angle is positive",
                            "angle",
                            new Parameter.Range(Unit.DEGREE, -360, 360)),
                    able(
                            "goto",
                            "goes to a named place",
                            "place",
                            new Parameter.Choice(List.of("dock", "kitchen"))),
                    able("dock", "returns to the dock and charges"),
                    able(
                            "wait",
                            "stands still for a while",
                            "seconds",
                            new Parameter.Range(Unit.SECOND, 0, 3600)),
                    able("grip", "closes the gripper"),
                    able("release", "opens the gripper"),
                    able(
                            "lamp",
                            "shows a colour, or off",
                            "color",
                            new Parameter.Choice(
                                    List.of("off", "red", "green", "blue", "white", "yellow"))),
                    able("say", "says a text aloud", "text", new Parameter.FreeText(200)),
                    able("stop", "stops at once"));

    private static Capability able(String verb, String description) {
        return new Capability(verb, description, Map.of(), Set.of());
    }

    private static Capability able(
            String verb, String description, String name, Parameter parameter) {
        return new Capability(verb, description, Map.of(name, parameter), Set.of());
    }

    static Question question(String text) {
        return new Question(
                text,
                CAPABILITIES,
                PLACES,
                new BodyState(
                        new BodyState.Pose(0, 0, 0),
                        new BodyState.Battery(OptionalDouble.of(0.9), false),
                        false),
                List.of(),
                "",
                Duration.ofSeconds(5));
    }

    private static Thought read(String text) {
        return new ReflexReasoner().think(question(text), action -> {}, new Cancellation());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    drive forward 2 meters                    | [{"do":"drive","distance":2}]
                    Please drive forward 2 meters!            | [{"do":"drive","distance":2}]
                    go 50 cm                                  | [{"do":"drive","distance":0.5}]
                    move back one foot                        | [{"do":"drive","distance":-0.3048}]
                    turn left one hundred and eighty degrees  | [{"do":"turn","angle":180}]
                    gira cuarenta y cinco grados a la derecha | [{"do":"turn","angle":-45}]
                    reverse half a meter                      | [{"do":"drive","distance":-0.5}]
                    drive -1.5 m                              | [{"do":"drive","distance":-1.5}]
                    turn left                                 | [{"do":"turn","angle":90}]
                    turn right by 45 degrees                  | [{"do":"turn","angle":-45}]
                    rotate 30° to the left                    | [{"do":"turn","angle":30}]
                    turn around                               | [{"do":"turn","angle":180}]
                    stop                                      | [{"do":"stop"}]
                    Stop now!                                 | [{"do":"stop"}]
                    dock                                      | [{"do":"dock"}]
                    go to the dock                            | [{"do":"goto","place":"dock"}]
                    go to the kitchen                         | [{"do":"goto","place":"kitchen"}]
                    wait 3 seconds                            | [{"do":"wait","seconds":3}]
                    wait half a minute                        | [{"do":"wait","seconds":30}]
                    open the gripper                          | [{"do":"release"}]
                    grip                                      | [{"do":"grip"}]
                    set the lamp to red                       | [{"do":"lamp","color":"red"}]
                    turn off the light                        | [{"do":"lamp","color":"off"}]
                    say hello there                           | [{"do":"say","text":"hello there"}]
                    say "Then, and only then. Stop"           | [{"do":"say","text":"Then, and only then. Stop"}]
                    drive forward 2 meters, then turn left 90 degrees | [{"do":"drive","distance":2},{"do":"turn","angle":90}]
                    go 1.5 m and then dock                    | [{"do":"drive","distance":1.5},{"do":"dock"}]
                    avanza 2 metros                           | [{"do":"drive","distance":2}]
                    Avanza 2,5 metros, luego gira a la derecha | [{"do":"drive","distance":2.5},{"do":"turn","angle":-90}]
                    retrocede medio metro                     | [{"do":"drive","distance":-0.5}]
                    gira 90 grados a la izquierda             | [{"do":"turn","angle":90}]
                    ve a la cocina y después para             | [{"do":"goto","place":"kitchen"},{"do":"stop"}]
                    vuelve a la base                          | [{"do":"dock"}]
                    espera tres segundos                      | [{"do":"wait","seconds":3}]
                    abre la pinza                             | [{"do":"release"}]
                    enciende la luz roja                      | [{"do":"lamp","color":"red"}]
                    ¡Alto!                                    | [{"do":"stop"}]
                    di hola                                   | [{"do":"say","text":"hola"}]
                    """)
    void readsALiteralCommand(String text, String plan) throws Exception {
        Plan wanted = plan(plan);

        Thought thought = read(text);

        assertThat(thought)
                .isInstanceOfSatisfying(
                        Thought.Planned.class, p -> assertThat(p.plan()).isEqualTo(wanted));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drive forward",
                "turn 90 degrees",
                "drive forward 2",
                "what is the weather like?",
                "don't drive forward 2 meters",
                "drive forward 2 meters if you dare",
                "drive forward two and turn",
                "go to the moon",
                "stopwatch",
                "stop the music",
                "avanza",
                "qué hora es",
                "?",
                "drive forward 2 meters, then sing"
            })
    void asksWhereAnyWordIsLeftUnread(String text) {
        Thought thought = read(text);

        assertThat(thought).isInstanceOf(Thought.Asks.class);
    }

    @Test
    void namesAnUnknownUnit() {
        Thought thought = read("drive forward 2 parsecs");

        assertThat(thought)
                .asInstanceOf(InstanceOfAssertFactories.type(Thought.Declines.class))
                .satisfies(d -> assertThat(d.problem().code().wireName()).isEqualTo("unit_unknown"))
                .satisfies(d -> assertThat(d.problem().message()).contains("parsecs"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "STOP!", "para", "please stop", "alto ya"})
    void knowsAStopWhenItHearsOne(String text) {
        assertThat(ReflexReasoner.saysStop(new Instruction.Words(text))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"drive forward 2 meters", "stop and go", "don't stop", "say stop"})
    void doesNotStopForOtherWords(String text) {
        assertThat(ReflexReasoner.saysStop(new Instruction.Words(text))).isFalse();
    }

    private static Plan plan(String json) throws Exception {
        return PlanJson.plan(PlanJson.MAPPER.readTree(json));
    }
}
