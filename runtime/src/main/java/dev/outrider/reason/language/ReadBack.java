package dev.outrider.reason.language;

import dev.outrider.model.Action;
import dev.outrider.model.Capability;
import dev.outrider.model.Condition;
import dev.outrider.model.Parameter;
import dev.outrider.model.Plan;
import dev.outrider.model.Unit;
import dev.outrider.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the robot understood, in words for the one who sent them. */
public final class ReadBack {

    private static final Pattern INFINITIVE = Pattern.compile("\\p{L}+[aei]r");

    private ReadBack() {}

    /** The plan as a question: {@code drive forward 2 m, then turn left 90°?} */
    public static String of(Plan plan, List<Capability> capabilities, Language language) {
        String text = told(plan, capabilities, language);
        return language == Language.EN ? text + "?" : "¿" + text + "?";
    }

    /** The plan in words: {@code drive forward 2 m, then turn left 90°} */
    public static String told(Plan plan, List<Capability> capabilities, Language language) {
        boolean english = language == Language.EN;
        return plan.actions().stream()
                .map(a -> action(a, capabilities, english))
                .collect(Collectors.joining(english ? ", then " : ", y después "));
    }

    /** What is missing or was not understood, as a question. */
    public static String question(Reading reading, List<Capability> capabilities) {
        boolean english = reading.language() == Language.EN;
        if (!reading.plan().isEmpty()) {
            return of(reading.plan(), capabilities, reading.language())
                    + (reading.unread().isEmpty()
                            ? ""
                            : english
                                    ? " I did not understand \""
                                            + String.join("\", \"", reading.unread())
                                            + "\""
                                    : " No entendí \""
                                            + String.join("\", \"", reading.unread())
                                            + "\"");
        }
        String missing = reading.question();
        return switch (missing) {
            case "how far" ->
                    english
                            ? "how far? for example: drive forward 2 meters"
                            : "¿cuánto? por ejemplo: avanza 2 metros";
            case "how long" ->
                    english
                            ? "how long? for example: wait 3 seconds"
                            : "¿cuánto tiempo? por ejemplo: espera 3 segundos";
            case "how high", "how much" -> english ? missing + "?" : "¿cuánto?";
            case "which way" ->
                    english
                            ? "to which side? for example: turn left 90 degrees"
                            : "¿hacia qué lado? por ejemplo: gira a la izquierda";
            case "where to" ->
                    (english ? "where to? places are " : "¿a dónde? los lugares son ")
                            + choices(capabilities);
            case "which colour" -> english ? "which colour?" : "¿de qué color?";
            case "what to say" -> english ? "say what?" : "¿qué digo?";
            case "repeat what" -> english ? "repeat what?" : "¿qué repito?";
            case "unclear condition" -> onWhich(capabilities, english);
            default -> {
                String what =
                        missing.startsWith("cannot ")
                                ? missing.substring(7)
                                : String.join(", ", reading.unread());
                yield english
                        ? "I did not understand"
                                + (what.isEmpty() ? "" : " \"" + what + "\"")
                                + "; for example: drive forward 2 meters, turn left 90 degrees, stop"
                        : "no entendí"
                                + (what.isEmpty() ? "" : " \"" + what + "\"")
                                + "; por ejemplo: avanza 2 metros, gira a la izquierda, para";
            }
        };
    }

    private static String choices(List<Capability> capabilities) {
        return capabilities.stream()
                .flatMap(c -> c.parameters().values().stream())
                .filter(p ->
                        p instanceof Parameter.Choice(List<String> options)
                                && options.stream().noneMatch(o -> Names.isColor(Token.plain(o))))
                .flatMap(p ->
                        p instanceof Parameter.Choice(List<String> options)
                                ? options.stream()
                                : java.util.stream.Stream.of())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String onWhich(List<Capability> capabilities, boolean english) {
        boolean observes = capabilities.stream().anyMatch(Capability::observes);
        return (english
                        ? "on which condition? I can only look at the battery, such as: if the battery is below 30 percent"
                        : "¿con qué condición? solo sé mirar la batería, por ejemplo: si la batería baja del 30 por ciento")
                + (!observes
                        ? ""
                        : english
                                ? ", or go by what I look for first: look, and if you see a person, stop"
                                : ", o guiarme por lo que busco antes: mira y si ves una persona, para");
    }

    private static String action(Action action, List<Capability> capabilities, boolean english) {
        Optional<Skill> skill =
                capabilities.stream()
                        .filter(c -> c.verb().equals(action.verb()))
                        .findFirst()
                        .map(c -> new Skill(c, List.of()));
        String deed =
                skill.map(s -> deed(s, action, english)).orElse(plain(action.verb(), action, ""));
        return switch (action.condition()) {
            case Condition.Always() -> deed;
            case Condition.BatteryBelow(double percent) ->
                    (english ? "if the battery is below " : "si la batería está por debajo del ")
                            + Numerals.written(percent, Unit.PERCENT)
                            + ", "
                            + deed;
            case Condition.BatteryAbove(double percent) ->
                    (english ? "if the battery is above " : "si la batería está por encima del ")
                            + Numerals.written(percent, Unit.PERCENT)
                            + ", "
                            + deed;
            case Condition.Found(String words) ->
                    (english ? "if I find “%s”, " : "si encuentro «%s», ").formatted(words) + deed;
            case Condition.NotFound(String words) ->
                    (english ? "if I do not find “%s”, " : "si no encuentro «%s», ")
                                    .formatted(words)
                            + deed;
        };
    }

    private static String deed(Skill skill, Action action, boolean english) {
        Value value = action.arguments().values().stream().findFirst().orElse(new Value.Text(""));
        double number = value instanceof Value.Quantity(double n) ? n : 0;
        Unit unit = skill.unit();
        String amount =
                unit == Unit.DEGREE
                        ? Numerals.written(Math.abs(number), null) + "°"
                        : Numerals.written(Math.abs(number), unit).strip();
        return switch (skill.kind) {
            case DRIVE ->
                    english
                            ? (number < 0 ? "drive back " : "drive forward ") + amount
                            : (number < 0 ? "retroceder " : "avanzar ") + amount;
            case TURN ->
                    english
                            ? (number < 0 ? "turn right " : "turn left ") + amount
                            : "girar "
                                    + amount
                                    + (number < 0 ? " a la derecha" : " a la izquierda");
            case GOTO -> (english ? "go to " : "ir a ") + value;
            case DOCK -> english ? "go and charge" : "ir a cargar";
            case WAIT -> (english ? "wait " : "esperar ") + amount;
            case GRIP -> english ? "grip" : "agarrar";
            case RELEASE -> english ? "let go" : "soltar";
            case LAMP -> (english ? "light " : "luz ") + value;
            case SAY -> (english ? "say \"" : "decir \"") + value + "\"";
            case STOP -> english ? "stop" : "parar";
            case OTHER ->
                    plain(
                            english ? action.verb() : spanish(skill.capability),
                            action,
                            unit == null ? "" : unit.symbol());
        };
    }

    /** The first name that looks like a Spanish infinitive, or the verb as it is. */
    private static String spanish(Capability capability) {
        return capability.aliases().stream()
                .filter(INFINITIVE.asMatchPredicate())
                .findFirst()
                .orElse(capability.verb());
    }

    private static String plain(String verb, Action action, String unit) {
        String values =
                action.arguments().values().stream()
                        .map(v ->
                                v
                                        + (unit.isEmpty() || !(v instanceof Value.Quantity)
                                                ? ""
                                                : " " + unit))
                        .collect(Collectors.joining(" "));
        return (verb.replace('_', ' ') + " " + values).strip();
    }
}
