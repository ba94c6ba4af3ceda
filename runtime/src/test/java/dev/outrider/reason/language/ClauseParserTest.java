package dev.outrider.reason.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.codec.PlanJson;
import dev.outrider.model.Capability;
import dev.outrider.model.Parameter;
import dev.outrider.model.Plan;
import dev.outrider.model.Unit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClauseParserTest {

    private final ClauseParser rover =
            new ClauseParser(
                    List.of(
                            able(
                                    "drive",
                                    "drives straight, back is negative",
                                    "distance",
                                    new Parameter.Range(Unit.METER, -10, 10)),
                            able(
                                    "turn",
                                    "turns on the spot, left is positive",
                                    "angle",
                                    new Parameter.Range(Unit.DEGREE, -360, 360)),
                            able(
                                    "goto",
                                    "goes to a known place",
                                    "place",
                                    new Parameter.Choice(
                                            List.of(
                                                    "kitchen", "office", "shelf 1", "shelf 2",
                                                    "charger"))),
                            able("dock", "returns to the charging dock"),
                            able(
                                    "wait",
                                    "waits for a time",
                                    "seconds",
                                    new Parameter.Range(Unit.SECOND, 0, 600)),
                            able("grip", "closes the gripper"),
                            able("release", "opens the gripper"),
                            able(
                                    "lamp",
                                    "sets the lamp colour",
                                    "color",
                                    new Parameter.Choice(List.of("red", "green", "off"))),
                            able("say", "says a text aloud", "text", new Parameter.FreeText(200)),
                            able("stop", "stops at once")),
                    List.of());

    /** A robot whose verbs are called otherwise, or are no standard ones. */
    private final ClauseParser strange =
            new ClauseParser(
                    List.of(
                            able(
                                    "avanzar",
                                    "drives straight, back is negative",
                                    "cm",
                                    new Parameter.Range(Unit.CENTIMETER, -300, 300)),
                            able(
                                    "zorp",
                                    "rotates on the spot, left is positive",
                                    "angle",
                                    new Parameter.Range(Unit.RADIAN, -7, 7)),
                            able("clamp", "closes the clamp on a load"),
                            able("unclamp", "opens the clamp"),
                            able(
                                    "photograph",
                                    "takes a number of photos",
                                    "count",
                                    new Parameter.Range(Unit.COUNT, 1, 20)),
                            able(
                                    "tilt",
                                    "tilts the camera, up is positive",
                                    "angle",
                                    new Parameter.Range(Unit.DEGREE, -45, 45)),
                            able(
                                    "spray",
                                    "waters the plants for a time",
                                    "seconds",
                                    new Parameter.Range(Unit.SECOND, 0, 90)),
                            able(
                                    "fan",
                                    "sets the fan speed, 0 is off",
                                    "level",
                                    new Parameter.Range(Unit.COUNT, 0, 5)),
                            able(
                                    "play",
                                    "plays a song",
                                    "song",
                                    new Parameter.Choice(List.of("lullaby", "march")))),
                    List.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    could you pop over to the kitchen, please                | [{"do":"goto","place":"kitchen"}]
                    si eres tan amable, acércate al despacho                 | [{"do":"goto","place":"office"}]
                    kitchen first, then the office                           | [{"do":"goto","place":"kitchen"},{"do":"goto","place":"office"}]
                    take a right and go on for two metres                    | [{"do":"turn","angle":-90},{"do":"drive","distance":2}]
                    da media vuelta y retrocede medio metro                  | [{"do":"turn","angle":180},{"do":"drive","distance":-0.5}]
                    before you turn left, wait three seconds                 | [{"do":"wait","seconds":3},{"do":"turn","angle":90}]
                    turn left, but first wait three seconds                  | [{"do":"wait","seconds":3},{"do":"turn","angle":90}]
                    cuando llegues a la cocina, di ya estoy                  | [{"do":"goto","place":"kitchen"},{"do":"say","text":"ya estoy"}]
                    turn left, no, sorry, right                              | [{"do":"turn","angle":-90}]
                    drive two, make that three metres                        | [{"do":"drive","distance":3}]
                    al estante 1. Perdón, al 2                               | [{"do":"goto","place":"shelf 2"}]
                    ve a la cocina, o mejor dicho a la oficina               | [{"do":"goto","place":"office"}]
                    grab it... no, forget it, turn right                     | [{"do":"turn","angle":-90}]
                    don't go to the kitchen, go to the office                | [{"do":"goto","place":"office"}]
                    sin girar, avanza un metro                               | [{"do":"drive","distance":1}]
                    go to the office instead of the kitchen                  | [{"do":"goto","place":"office"}]
                    turn right twice                                         | [{"do":"turn","angle":-90},{"do":"turn","angle":-90}]
                    abre y cierra la pinza dos veces                         | [{"do":"release"},{"do":"grip"},{"do":"release"},{"do":"grip"}]
                    if the battery is below 30 percent dock, otherwise go to the kitchen | [{"do":"dock","if":{"battery":{"below":30}}},{"do":"goto","place":"kitchen","if":{"battery":{"above":30}}}]
                    ve a la oficina a menos que la batería baje de 20        | [{"do":"goto","place":"office","if":{"battery":{"above":20}}}]
                    con más de la mitad de la batería, avanza dos metros     | [{"do":"drive","distance":2,"if":{"battery":{"above":50}}}]
                    kill the light                                           | [{"do":"lamp","color":"off"}]
                    pon la luz roja y suelta la caja                         | [{"do":"lamp","color":"red"},{"do":"release"}]
                    shout watch out, then stop                               | [{"do":"say","text":"watch out"},{"do":"stop"}]
                    """)
    void readsEverydayOrders(String text, String plan) throws Exception {
        assertReads(rover, text, plan);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    go forward half a metre                     | [{"do":"avanzar","cm":50}]
                    échate 20 centímetros para atrás            | [{"do":"avanzar","cm":-20}]
                    turn 180 degrees to the right               | [{"do":"zorp","angle":-3.141593}]
                    grab the box, then let go                   | [{"do":"clamp"},{"do":"unclamp"}]
                    saca tres fotos                             | [{"do":"photograph","count":3}]
                    take a picture                              | [{"do":"photograph","count":1}]
                    point the camera 10 degrees down            | [{"do":"tilt","angle":-10}]
                    riega las plantas veinte segundos           | [{"do":"spray","seconds":20}]
                    set the fan to 3                            | [{"do":"fan","level":3}]
                    switch the fan off                          | [{"do":"fan","level":0}]
                    pon la nana                                 | [{"do":"play","song":"lullaby"}]
                    """)
    void followsTheListWhateverItsVerbsAreCalled(String text, String plan) throws Exception {
        assertReads(strange, text, plan);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drive forward",
                "espera un rato",
                "turn a little to the left",
                "go to the shelf",
                "say something",
                "where is the kitchen?",
                "¿por qué giraste a la derecha?",
                "did you go to the office",
                "I went to the kitchen yesterday",
                "mi perro gira a la izquierda",
                "never go to the kitchen",
                "no sueltes la caja",
                "thank you so much",
                "the sandwich owes my homework a Tuesday",
                "7 7 banana 7",
                "once more",
                "olvídalo",
                "fly to the moon",
                "make me a coffee and go to the kitchen",
                "if it rains go to the kitchen",
                "drive 2 furlongs"
            })
    void plansNothingWhereNothingIsOrderedOrSomethingIsMissing(String text) {
        Reading reading = rover.read(text);

        assertThat(reading.plan()).isEqualTo(Plan.NONE);
        assertThat(reading.question()).isNotEmpty();
        assertThat(reading.confidence()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "drive forward 2 meters with gusto, gusto",
        "turn 90 degrees, left or right",
        "my aunt is here so go to the kitchen, aunt",
        "take the red box to the office, red"
    })
    void namesWhatItLeftUnread(String text, String unread) {
        Reading reading = rover.read(text);

        assertThat(reading.complete()).isFalse();
        assertThat(String.join(" ", reading.unread())).contains(unread);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    go to the kitchen, no, the library          | where to
                    ve a la cocina, no, a la biblioteca         | where to
                    go to shelf 1... sorry, shelf 9             | where to
                    make the light red, no, purple              | which colour
                    turn left, or rather fly                    | cannot fly
                    """)
    void asksWhereACorrectionLeadsToWhatTheListDoesNotHave(String text, String question) {
        Reading reading = rover.read(text);

        assertThat(reading.plan()).isEqualTo(Plan.NONE);
        assertThat(reading.question()).isEqualTo(question);
    }

    @Test
    void countsAConditionThatNothingDependsOnAsUnread() {
        Reading reading = rover.read("with more than 50 percent battery");

        assertThat(reading.complete()).isFalse();
    }

    @Test
    void knowsACapabilityByItsAliases() {
        Capability siren =
                new Capability("x7", "", Map.of(), Set.of(), List.of("bubulala", "alarma"));
        ClauseParser parser = new ClauseParser(List.of(siren), List.of());

        assertThat(parser.read("bubulala please").plan().actions()).hasSize(1);
        assertThat(parser.read("activa la alarma").plan().actions()).hasSize(1);
    }

    @Test
    void readsTheSameTwice() {
        String text = "go to the kitchen, wait 5 secs and say hi";

        assertThat(rover.read(text)).isEqualTo(rover.read(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "?",
                ",",
                "and and and",
                "no",
                "no no no",
                "if",
                "if the battery",
                "unless",
                "otherwise go",
                "\"",
                "say",
                "say \"",
                "¿¡!?",
                "1/0 m",
                "then",
                "twice",
                "99999999999999999999 m",
                "drive NaN",
                "turn left left left right",
                "repeat 1000000000 times",
                "go to go to go to",
                "\u0000\uFFFF",
                "🤖🤖 go 🤖"
            })
    void takesWhateverIsTyped(String text) {
        assertThat(rover.read(text).plan().actions().size()).isLessThan(Plan.MAX_ACTIONS + 3);
    }

    @Test
    void takesTheLongestSentenceThereIs() {
        String text = "go to the kitchen and the office then turn left and say hi, no, ".repeat(62);

        assertThat(rover.read(text)).isNotNull();
    }

    private static void assertReads(ClauseParser parser, String text, String plan)
            throws Exception {
        Reading reading = parser.read(text);

        assertThat(reading.plan())
                .as("%s", reading.why())
                .isEqualTo(PlanJson.plan(PlanJson.MAPPER.readTree(plan)));
    }

    private static Capability able(String verb, String description) {
        return new Capability(verb, description, Map.of(), Set.of());
    }

    private static Capability able(
            String verb, String description, String name, Parameter parameter) {
        return new Capability(verb, description, Map.of(name, parameter), Set.of());
    }
}
