package dev.outrider.reason.language;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.model.Action;
import dev.outrider.model.Capability;
import dev.outrider.model.Condition;
import dev.outrider.model.Parameter;
import dev.outrider.model.Unit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sentences of {@code everyday.txt}, said to four robots. */
class EverydayTest {

    private static final Capability CHARGE = able("dock", "returns to the charging dock");

    static final Map<String, ClauseParser> ROBOTS =
            Map.of(
                    "home",
                    robot(
                            length("drive", "drives straight, back is negative", "distance"),
                            angle("turn", "turns on the spot, left is positive", "angle"),
                            choice(
                                    "goto",
                                    "goes to a known place",
                                    "place",
                                    "kitchen|office|living room|bedroom|garage|charger"),
                            CHARGE,
                            time("wait", "waits for a time", "seconds"),
                            able("grip", "closes the gripper"),
                            able("release", "opens the gripper"),
                            choice(
                                    "lamp",
                                    "sets the lamp colour",
                                    "color",
                                    "red|green|blue|yellow|off"),
                            text("say", "says a text aloud", "text"),
                            able("stop", "stops at once")),
                    "casa",
                    robot(
                            length(
                                    "avanzar",
                                    "avanza en línea recta, atrás es negativo",
                                    "distancia"),
                            angle("girar", "gira sobre sí mismo, izquierda positivo", "angulo"),
                            choice(
                                    "ir",
                                    "va a un sitio conocido",
                                    "lugar",
                                    "cocina|salón|dormitorio|baño|jardín|cargador"),
                            able("cargar", "vuelve a la base de carga"),
                            time("esperar", "espera un tiempo", "segundos"),
                            able("agarrar", "cierra la pinza"),
                            able("soltar", "abre la pinza"),
                            choice("luz", "color de la luz", "color", "rojo|verde|azul|apagado"),
                            text("decir", "dice un texto en voz alta", "texto"),
                            able("parar", "se detiene")),
                    "depot",
                    robot(
                            length("move", "travels straight, reverse is negative", "distance"),
                            angle("yaw", "turns on the spot, left is positive", "angle"),
                            choice(
                                    "proceed",
                                    "drives to a location",
                                    "location",
                                    "bay 1|bay 2|bay 3|packing|dispatch|charging point"),
                            able("clamp", "closes the clamp on a load"),
                            able("unclamp", "opens the clamp"),
                            able(
                                    "raise",
                                    "raises the fork to a height",
                                    "height",
                                    new Parameter.Range(Unit.METER, 0, 3)),
                            count("beep", "sounds the horn a number of times", "times"),
                            choice("signal", "shows a colour", "color", "red|green|off"),
                            time("hold", "holds position for a time", "duration")),
                    "house",
                    robot(
                            choice("vacuum", "vacuums a room", "room", "kitchen|hall|bathroom"),
                            choice(
                                    "mop",
                                    "mops the floor of a room",
                                    "room",
                                    "kitchen|hall|bathroom"),
                            count("photograph", "takes a number of photos", "count"),
                            time("record", "records video for a time", "seconds"),
                            count("feed", "gives the pet portions of food", "portions"),
                            time("water", "waters the plants for a time", "seconds"),
                            count("fan", "sets the fan speed, 0 is off", "level"),
                            choice("play", "plays music", "song", "jazz|waltz|lullaby"),
                            able("open_tray", "opens the tray"),
                            able("close_tray", "closes the tray"),
                            count("volume", "sets the loudness in percent", "percent"),
                            choice("blinds", "moves the blinds", "state", "up|down|half"),
                            angle("tilt", "tilts the camera, up is positive", "angle")));

    record Sentence(String category, String robot, String text, List<String> plans) {

        @Override
        public String toString() {
            return category + ": " + text;
        }
    }

    static Stream<Sentence> sentences() throws IOException {
        try (var file =
                        Objects.requireNonNull(
                                EverydayTest.class.getResourceAsStream("everyday.txt"));
                var lines = new BufferedReader(new InputStreamReader(file, UTF_8))) {
            return lines
                    .lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("#"))
                    .map(l -> l.split(" \\| ", 4))
                    .map(f -> new Sentence(f[0], f[1], f[2], List.of(f[3].split(" or ", -1))))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("sentences")
    void readsWhatPeopleSay(Sentence sentence) {
        ClauseParser robot = Objects.requireNonNull(ROBOTS.get(sentence.robot()));

        Reading reading = robot.read(sentence.text());

        assertThat(said(reading)).as("%s", reading.why()).isIn(sentence.plans());
    }

    /** The plan in a line; {@code ask} where there is none. */
    static String said(Reading reading) {
        return reading.plan().isEmpty()
                ? "ask"
                : reading.plan().actions().stream()
                        .map(EverydayTest::said)
                        .collect(Collectors.joining("; "));
    }

    private static String said(Action action) {
        String value =
                action.arguments().values().stream()
                        .map(v -> " " + v)
                        .collect(Collectors.joining());
        String condition =
                switch (action.condition()) {
                    case Condition.Always() -> "";
                    case Condition.BatteryBelow(double percent) ->
                            " if battery<" + Numerals.written(percent, null);
                    case Condition.BatteryAbove(double percent) ->
                            " if battery>" + Numerals.written(percent, null);
                    case Condition.Found(String words) -> " if found " + words;
                    case Condition.NotFound(String words) -> " if not found " + words;
                };
        return action.verb() + value + condition;
    }

    private static ClauseParser robot(Capability... capabilities) {
        return new ClauseParser(List.of(capabilities), List.of());
    }

    private static Capability length(String verb, String description, String name) {
        return able(verb, description, name, new Parameter.Range(Unit.METER, -10, 10));
    }

    private static Capability angle(String verb, String description, String name) {
        return able(verb, description, name, new Parameter.Range(Unit.DEGREE, -360, 360));
    }

    private static Capability time(String verb, String description, String name) {
        return able(verb, description, name, new Parameter.Range(Unit.SECOND, 0, 600));
    }

    private static Capability count(String verb, String description, String name) {
        return able(verb, description, name, new Parameter.Range(Unit.COUNT, 0, 100));
    }

    private static Capability choice(String verb, String description, String name, String options) {
        return able(
                verb, description, name, new Parameter.Choice(List.of(options.split("\\|", -1))));
    }

    private static Capability text(String verb, String description, String name) {
        return able(verb, description, name, new Parameter.FreeText(200));
    }

    private static Capability able(String verb, String description) {
        return new Capability(verb, description, Map.of(), Set.of());
    }

    private static Capability able(
            String verb, String description, String name, Parameter parameter) {
        return new Capability(verb, description, Map.of(name, parameter), Set.of());
    }
}
