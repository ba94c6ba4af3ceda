package dev.outrider.reason;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.codec.PlanJson;
import dev.outrider.kernel.Reasoner.Thought;
import dev.outrider.model.Instruction;
import dev.outrider.model.Place;
import dev.outrider.model.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralCommandsTest {

    private static final List<Place> PLACES =
            List.of(
                    new Place("dock", List.of("base", "estación")),
                    new Place("kitchen", List.of("cocina")));

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
        Thought thought = new LiteralCommands(PLACES).read(text);

        assertThat(thought).isEqualTo(new Thought.Planned(plan(plan)));
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
                "drive 1,000 meters",
                "go to the moon",
                "stopwatch",
                "stop the music",
                "avanza",
                "qué hora es",
                "?",
                "drive forward 2 meters, then sing"
            })
    void asksWhereAnyWordIsLeftUnread(String text) {
        Thought thought = new LiteralCommands(PLACES).read(text);

        assertThat(thought)
                .satisfiesAnyOf(
                        t -> assertThat(t).isInstanceOf(Thought.Asks.class),
                        t -> assertThat(t).isEqualTo(new Thought.Planned(Plan.NONE)));
    }

    @Test
    void namesAnUnknownUnit() {
        Thought thought = new LiteralCommands(PLACES).read("drive forward 2 parsecs");

        assertThat(thought)
                .asInstanceOf(
                        org.assertj.core.api.InstanceOfAssertFactories.type(Thought.Declines.class))
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
