package dev.outrider.body;

import dev.outrider.hal.part.LampColor;
import dev.outrider.model.Capability;
import dev.outrider.model.Parameter;
import dev.outrider.model.Requirement;
import dev.outrider.model.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a mobile robot with these parts can be asked to do. */
final class Verbs {

    private static final Set<Requirement> RELEASED = Set.of(Requirement.ESTOP_RELEASED);

    private Verbs() {}

    static Capability drive() {
        return new Capability(
                "drive",
                "drives straight ahead, or back where the distance is negative",
                Map.of("distance", new Parameter.Range(Unit.METER, -10, 10)),
                RELEASED);
    }

    static Capability turn() {
        return new Capability(
                "turn",
                "turns on the spot, to the left where the angle is positive",
                Map.of("angle", new Parameter.Range(Unit.DEGREE, -360, 360)),
                RELEASED);
    }

    static Capability goTo(List<String> places) {
        return new Capability(
                "goto",
                "goes to a named place",
                Map.of("place", new Parameter.Choice(places)),
                RELEASED);
    }

    static Capability dock() {
        return new Capability("dock", "returns to the dock and charges", Map.of(), RELEASED);
    }

    static Capability await() {
        return new Capability(
                "wait",
                "stands still for a while",
                Map.of("seconds", new Parameter.Range(Unit.SECOND, 0, 3600)),
                Set.of());
    }

    static Capability grip() {
        return new Capability("grip", "closes the gripper", Map.of(), RELEASED);
    }

    static Capability release() {
        return new Capability("release", "opens the gripper", Map.of(), RELEASED);
    }

    static Capability lamp() {
        List<String> colors =
                Arrays.stream(LampColor.values())
                        .map(c -> c.name().toLowerCase(Locale.ROOT))
                        .toList();
        return new Capability(
                "lamp",
                "shows a colour, or off",
                Map.of("color", new Parameter.Choice(colors)),
                Set.of());
    }

    static Capability say() {
        return new Capability(
                "say", "says a text aloud", Map.of("text", new Parameter.FreeText(200)), Set.of());
    }

    static Capability look() {
        return new Capability(
                "look",
                "says what the camera sees",
                Map.of(),
                Set.of(),
                List.of(
                        "see",
                        "what do you see",
                        "what can you see",
                        "what is in front of you",
                        "what's in front of you",
                        "what is there",
                        "tell me what you see",
                        "say what you see",
                        "look around",
                        "mira",
                        "mirar",
                        "observa",
                        "qué ves",
                        "qué puedes ver",
                        "qué hay delante",
                        "qué tienes delante",
                        "qué hay ahí",
                        "dime qué ves",
                        "di qué ves",
                        "mira a tu alrededor"),
                true);
    }

    static Capability read() {
        return new Capability(
                "read",
                "reads signs and labels",
                Map.of(),
                Set.of(),
                List.of(
                        "lee",
                        "leer",
                        "cartel",
                        "letrero",
                        "what does it say",
                        "what does the sign say",
                        "what is written there",
                        "what does the label say",
                        "qué pone",
                        "qué pone ahí",
                        "qué pone en el cartel",
                        "qué dice",
                        "qué dice el cartel",
                        "dime qué pone"),
                true);
    }

    static Capability listen() {
        return new Capability(
                "listen",
                "listens for a time and writes down what is said",
                Map.of("seconds", new Parameter.Range(Unit.SECOND, 1, 60)),
                Set.of(),
                List.of("hear", "escucha", "escuchar", "oye"),
                true);
    }

    /** Where something can be found out, it can be said. */
    static Capability sayFound() {
        return new Capability(
                "say",
                "says a text aloud; {found} in it stands for what was just seen, read or heard",
                Map.of("text", new Parameter.FreeText(200)),
                Set.of());
    }

    static Capability stop() {
        return new Capability("stop", "stops at once", Map.of(), Set.of());
    }
}
