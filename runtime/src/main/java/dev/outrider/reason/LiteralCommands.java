package dev.outrider.reason;

import dev.outrider.kernel.Reasoner.Thought;
import dev.outrider.model.Action;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Place;
import dev.outrider.model.Plan;
import dev.outrider.model.Problem;
import dev.outrider.model.Unit;
import dev.outrider.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The literal commands of the reflex rung. An instruction is split into clauses; each clause must
 * match one form to its last word, or nothing of the instruction is obeyed.
 */
final class LiteralCommands {

    private static final String LINK = "(?:(?:and|then|y|luego|despues|entonces)\\s+)";
    private static final Pattern JOINT =
            Pattern.compile(
                    "\\s*(?:,(?!\\d)|(?<!\\d),|;|\\.(?!\\d))\\s*" + LINK + "*|\\s+" + LINK + "+");
    private static final Pattern QUOTED = Pattern.compile("[\"“«]([^\"”»]{1,400})[\"”»]");
    private static final Pattern POLITENESS =
            Pattern.compile("^(?:(?:please|por favor)[ ,]*)+|(?:[ ,]*(?:please|por favor))+$");
    private static final String QUANTITY = "(?<n>" + Lexicon.NUMBER + ")(?: ?(?<u>\\p{L}+|°))?";
    private static final String LEFT = "(?<left>left|izquierda)";
    private static final String SIDE = "(?:" + LEFT + "|right|derecha)";
    private static final String ANGLE = "(?<n>" + Lexicon.NUMBER + ") ?(?<u>\\p{L}+|°)";
    private static final String GO = "(?:drive|go|move|roll)";
    private static final String VE = "(?:avanza|ve|muevete|conduce|anda)";

    private record Form(Pattern pattern, Function<MatchResult, Thought> reading) {
        Form(String pattern, Function<MatchResult, Thought> reading) {
            this(Pattern.compile(pattern), reading);
        }
    }

    private final List<Form> forms = new ArrayList<>();
    private final List<Place> places;
    private List<String> quotes = List.of();

    LiteralCommands(List<Place> places) {
        this.places = places;
        stopping();
        driving();
        turning();
        going();
        manipulating();
        signalling();
    }

    /** The plan of an instruction, or what keeps it from being one. */
    Thought read(String text) {
        String[] clauses = clauses(text);
        List<Action> actions = new ArrayList<>();
        for (String clause : clauses) {
            switch (clause(clause)) {
                case Thought.Planned(Plan plan) -> actions.addAll(plan.actions());
                case Thought.Asks asks -> {
                    return asks;
                }
                case Thought.Declines declines -> {
                    return declines;
                }
            }
        }
        return new Thought.Planned(new Plan(actions));
    }

    private String[] clauses(String text) {
        List<String> found = new ArrayList<>();
        String open =
                QUOTED.matcher(text)
                        .replaceAll(m -> {
                            found.add(m.group(1));
                            return " quote" + (found.size() - 1) + " ";
                        });
        quotes = found;
        String plain = POLITENESS.matcher(Lexicon.joined(Lexicon.plain(open))).replaceAll("");
        return JOINT.splitAsStream(plain.replaceAll("[.,; ]+$", ""))
                .map(String::strip)
                .filter(c -> !c.isEmpty())
                .toArray(String[]::new);
    }

    private Thought clause(String clause) {
        for (Form form : forms) {
            Matcher matcher = form.pattern.matcher(clause);
            if (matcher.matches()) {
                return form.reading.apply(matcher.toMatchResult());
            }
        }
        return new Thought.Asks(
                "without a model only literal commands are obeyed, and \""
                        + restored(clause)
                        + "\" is none; for example: drive forward 2 meters, turn left 90 degrees,"
                        + " go to the dock, stop");
    }

    private void stopping() {
        add(
                "(?:stop|halt|freeze|hold|hold still|stay|para|parate|alto|detente|quieto)"
                        + "(?: now| right now| ya| ahora)?",
                m -> act("stop"));
    }

    private void driving() {
        String ahead =
                "(?: forwards?| ahead| straight(?: ahead)?| adelante| hacia adelante| recto)";
        String back = "(?: back(?:wards?)?| in reverse| atras| hacia atras)";
        add(
                "(?:" + GO + "|" + VE + "|advance)" + ahead + "?(?: by)? " + QUANTITY + ahead + "?",
                m -> drive(m, 1));
        add("(?:" + GO + "|" + VE + ")" + back + "(?: by)? " + QUANTITY, m -> drive(m, -1));
        add("(?:" + GO + "|" + VE + ") " + QUANTITY + back, m -> drive(m, -1));
        add("(?:back up|back|reverse|retrocede)(?: by)? " + QUANTITY, m -> drive(m, -1));
        add(
                "(?:"
                        + GO
                        + "|"
                        + VE
                        + "|advance|back up|reverse|retrocede)(?:"
                        + ahead
                        + "|"
                        + back
                        + ")?",
                m -> new Thought.Asks("how far? for example: drive forward 2 meters"));
    }

    private void turning() {
        String turn = "(?:turn|rotate|spin|gira|rota|voltea|dobla)";
        String toThe = "(?: to the| a la| hacia la)?";
        add(turn + toThe + " " + SIDE + "(?:(?: by)? " + ANGLE + ")?", LiteralCommands::turn);
        add(turn + "(?: by)? " + ANGLE + toThe + " " + SIDE, LiteralCommands::turn);
        add("turn around|da(?:te)? la vuelta|(?:da )?media vuelta", m -> act("turn", "angle", 180));
        add(
                turn + "(?:(?: by)? " + ANGLE + ")?",
                m -> new Thought.Asks("to which side? for example: turn left 90 degrees"));
    }

    private void going() {
        add(
                "dock|(?:go|drive|return)(?: back)? (?:home|to (?:the |your )?(?:charger|base))|go charge"
                        + "|(?:vuelve|regresa) a (?:la|tu) base|ve a cargar|acoplate",
                m -> act("dock"));
        add(
                "(?:go|drive|move|navigate|head|return)(?: back)? to (?:the )?(?<place>[\\p{L}\\d_ -]+)"
                        + "|(?:ve|vete|conduce|navega|vuelve|regresa) (?:al|a|hacia|hasta)(?: la| el)? (?<lugar>[\\p{L}\\d_ -]+)",
                this::goTo);
        add(
                "(?:wait|pause|espera|pausa)(?: for| durante)? " + QUANTITY,
                m -> measured(m, Unit.SECOND, s -> act("wait", "seconds", s)));
        add(
                "wait|pause|espera|pausa",
                m -> new Thought.Asks("how long? for example: wait 3 seconds"));
    }

    private void manipulating() {
        add(
                "grip|grab(?: it)?|grasp(?: it)?|close (?:the |your )?gripper|agarra(?:lo)?|coge(?:lo)?"
                        + "|cierra (?:la |tu )?pinza",
                m -> act("grip"));
        add(
                "release(?: it)?|let go|drop it|open (?:the |your )?gripper|suelta(?:lo)?"
                        + "|abre (?:la |tu )?pinza",
                m -> act("release"));
    }

    private void signalling() {
        String lamp = "(?:the |your |la |tu )?(?:lamp|light|luz|lampara)";
        add(
                "(?:turn off " + lamp + "|(?:turn )?" + lamp + " off|apaga " + lamp + ")",
                m -> lamp("off"));
        add(
                "(?:(?:set|turn|make|enciende|pon|cambia) )?"
                        + lamp
                        + "(?: to| en| a| de color| color)? (?<color>\\p{L}+)",
                m -> lamp(Lexicon.color(m.group("color"))));
        add(
                "(?:say|di) quote(?<quote>\\d+)",
                m -> say(quotes.get(Integer.parseInt(m.group("quote")))));
        add("(?:say|di) (?<words>.+)", m -> say(restored(m.group("words"))));
    }

    private void add(String pattern, Function<MatchResult, Thought> reading) {
        forms.add(new Form(pattern, reading));
    }

    private static Thought drive(MatchResult match, int sign) {
        return measured(match, Unit.METER, meters -> act("drive", "distance", sign * meters));
    }

    private static Thought turn(MatchResult match) {
        int sign = match.group("left") == null ? -1 : 1;
        return match.group("n") == null
                ? act("turn", "angle", sign * 90)
                : measured(match, Unit.DEGREE, degrees -> act("turn", "angle", sign * degrees));
    }

    private Thought goTo(MatchResult match) {
        String name = match.group("place") == null ? match.group("lugar") : match.group("place");
        for (Place place : places) {
            if (isNamed(place, name)) {
                return planned(new Action("goto", Map.of("place", new Value.Text(place.name()))));
            }
        }
        return name.equals("dock")
                ? act("dock")
                : new Thought.Asks("where is \"" + name + "\"? places are " + names());
    }

    private static boolean isNamed(Place place, String name) {
        return Lexicon.plain(place.name()).equals(name)
                || place.aliases().stream().anyMatch(a -> Lexicon.plain(a).equals(name));
    }

    private String names() {
        return String.join(", ", places.stream().map(Place::name).toList());
    }

    /** Reads group n in the unit of group u, and converts it to the unit wanted. */
    private static Thought measured(
            MatchResult match, Unit wanted, Function<Double, Thought> reading) {
        OptionalDouble number = Lexicon.number(match.group("n"));
        if (number.isEmpty()) {
            return new Thought.Asks("which number is \"" + match.group("n") + "\"?");
        }
        String word = match.group("u");
        if (word == null) {
            return new Thought.Asks(
                    match.group("n") + " of which unit? for example: " + wanted.symbol());
        }
        Optional<Unit> unit = Lexicon.unit(word).filter(u -> u.dimension() == wanted.dimension());
        return unit.isPresent()
                ? reading.apply(rounded(unit.get().convert(number.getAsDouble(), wanted)))
                : new Thought.Declines(
                        new Problem(
                                ErrorCode.UNIT_UNKNOWN,
                                "units convertible to " + wanted.symbol(),
                                "\"" + word + "\" is no unit of its kind"));
    }

    /** To a millionth, so that 20 cm are 0.2 m. */
    private static double rounded(double number) {
        return Math.rint(number * 1e6) / 1e6;
    }

    private static Thought lamp(String color) {
        return planned(new Action("lamp", Map.of("color", new Value.Text(color))));
    }

    private static Thought say(String words) {
        return planned(new Action("say", Map.of("text", new Value.Text(words))));
    }

    private static Thought act(String verb) {
        return planned(new Action(verb, Map.of()));
    }

    private static Thought act(String verb, String parameter, double value) {
        return planned(new Action(verb, Map.of(parameter, new Value.Quantity(value))));
    }

    private static Thought planned(Action action) {
        return new Thought.Planned(Plan.of(action));
    }

    private String restored(String clause) {
        String restored = clause;
        for (int i = 0; i < quotes.size(); i++) {
            restored = restored.replace("quote" + i, quotes.get(i));
        }
        return restored;
    }
}
