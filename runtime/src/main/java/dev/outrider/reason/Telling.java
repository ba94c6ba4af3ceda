package dev.outrider.reason;

import dev.outrider.kernel.Narrator;
import dev.outrider.model.Action;
import dev.outrider.model.ActionResult;
import dev.outrider.model.Answer;
import dev.outrider.model.Capability;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Finding;
import dev.outrider.model.Instruction;
import dev.outrider.model.Observation;
import dev.outrider.model.Outcome;
import dev.outrider.model.Plan;
import dev.outrider.model.Problem;
import dev.outrider.model.Value;
import dev.outrider.reason.language.ClauseParser;
import dev.outrider.reason.language.Language;
import dev.outrider.reason.language.ReadBack;
import dev.outrider.reason.language.Things;
import dev.outrider.reason.language.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What was seen, read and heard, in sentences: "I see a cup and two spoons." */
public final class Telling implements Narrator {

    private static final Set<String> YES = Words.of("yes");

    private static final Set<String> NO = Words.of("no");

    private static final String FOUND = "{found}";

    private static final ClauseParser WORDS = new ClauseParser(List.of(), List.of());

    @Override
    public String told(Instruction instruction, List<ActionResult> results) {
        List<Observation> found =
                results.stream().map(ActionResult::found).filter(Objects::nonNull).toList();
        if (found.isEmpty()) {
            return "";
        }
        Language language = language(instruction);
        return found.stream().map(o -> sentence(o, language)).collect(Collectors.joining(" "));
    }

    @Override
    public Action filled(Action action, Instruction instruction, List<ActionResult> results) {
        if (action.arguments().values().stream().noneMatch(Telling::asks)) {
            return action;
        }
        String told = told(instruction, results);
        Map<String, Value> arguments = new LinkedHashMap<>();
        action.arguments()
                .forEach((name, value) ->
                        arguments.put(
                                name,
                                asks(value)
                                        ? new Value.Text(value.toString().replace(FOUND, told))
                                        : value));
        return new Action(action.verb(), arguments, action.condition());
    }

    private static boolean asks(Value value) {
        return value instanceof Value.Text(String text) && text.contains(FOUND);
    }

    /** The language of the words; English of a plan, which has none. */
    public static Language language(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Words(String text) -> language(text);
            case Instruction.Steps steps -> Language.EN;
        };
    }

    /** The language of a text. */
    public static Language language(String text) {
        return WORDS.read(text).language();
    }

    /** What the robot is about to do: "I will turn left 90°." */
    public static String beginning(Plan plan, List<Capability> capabilities, Language language) {
        String plainly = ReadBack.told(plan, capabilities, language);
        return (language == Language.EN ? "I will " : "Voy a ") + plainly + ".";
    }

    /** How a command ended, with what was found out. */
    public static String ending(Answer answer, Language language) {
        boolean english = language == Language.EN;
        return switch (answer.outcome()) {
            case Outcome.Done() ->
                    answer.says().isEmpty() ? english ? "Done." : "Hecho." : answer.says();
            case Outcome.Planned() -> english ? "I could do that." : "Podría hacerlo.";
            case Outcome.Refused(Problem problem) ->
                    problem.code() == ErrorCode.NOT_UNDERSTOOD
                            ? problem.message()
                            : (english ? "I will not: " : "No lo hago: ") + problem.message();
            case Outcome.Failed(Problem problem) ->
                    (english ? "That failed: " : "No ha salido bien: ") + problem.message();
            case Outcome.Expired(Problem problem) -> english ? "Too late." : "Demasiado tarde.";
            case Outcome.Cancelled(String reason) -> english ? "Stopped." : "Parado.";
            case Outcome.Uncertain(String reason) ->
                    english ? "I do not know how that ended." : "No sé cómo ha acabado eso.";
        };
    }

    /** Whether a text says yes or no; empty if it says something else. */
    public static Optional<Boolean> yesOrNo(String text) {
        String plain = text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L} ]", "").strip();
        return YES.contains(plain)
                ? Optional.of(true)
                : NO.contains(plain) ? Optional.of(false) : Optional.empty();
    }

    private static String sentence(Observation observation, Language language) {
        boolean english = language == Language.EN;
        return switch (observation) {
            case Observation.Seen(List<Finding> things) ->
                    things.isEmpty()
                            ? english ? "I see nothing that I know." : "No veo nada que conozca."
                            : (english ? "I see " : "Veo ") + list(things, language) + ".";
            case Observation.Read read -> {
                String text = read.text().replace("\n", ", ");
                yield text.isEmpty()
                        ? english ? "I see nothing written." : "No veo nada escrito."
                        : (english ? "It says: " : "Pone: ") + ended(text);
            }
            case Observation.Heard(String text, String spoken) ->
                    text.isEmpty()
                            ? english ? "I heard nobody speak." : "No he oído hablar a nadie."
                            : (english ? "I heard: " : "He oído: ") + ended(text);
        };
    }

    private static String ended(String text) {
        return text.matches("(?s).*[.!?…]") ? text : text + ".";
    }

    private static String list(List<Finding> things, Language language) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        things.forEach(t -> counts.merge(t.label(), 1, Integer::sum));
        List<String> names = new ArrayList<>();
        counts.forEach((kind, count) -> names.add(Things.named(kind, count, language)));
        String last = names.removeLast();
        String and = language == Language.EN ? " and " : " y ";
        return names.isEmpty() ? last : String.join(", ", names) + and + last;
    }
}
