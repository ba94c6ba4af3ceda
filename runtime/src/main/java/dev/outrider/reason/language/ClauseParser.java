package dev.outrider.reason.language;

import dev.outrider.model.Action;
import dev.outrider.model.Capability;
import dev.outrider.model.Place;
import dev.outrider.model.Plan;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads everyday English and Spanish into plans by rules: clause by clause, each mapped on to the
 * capability that its words speak for, whatever that is called. It is deterministic, explains
 * itself, and names every word that its plan does not hold.
 */
public final class ClauseParser {

    private final List<Skill> skills;
    private final Annotator annotator;
    private final Normalizer normalizer;

    private static final AtomicReference<@Nullable Made> LAST = new AtomicReference<>();

    private record Made(List<Capability> capabilities, List<Place> places, ClauseParser parser) {}

    /** The parser of these capabilities and places; the last one made is kept. */
    public static ClauseParser of(List<Capability> capabilities, List<Place> places) {
        @Nullable Made last = LAST.get();
        if (last != null
                && last.capabilities().equals(capabilities)
                && last.places().equals(places)) {
            return last.parser();
        }
        ClauseParser parser = new ClauseParser(capabilities, places);
        LAST.set(new Made(List.copyOf(capabilities), List.copyOf(places), parser));
        return parser;
    }

    public ClauseParser(List<Capability> capabilities, List<Place> places) {
        this.skills = capabilities.stream().map(c -> new Skill(c, places)).toList();
        this.annotator = new Annotator(skills);
        this.normalizer = Normalizer.of(capabilities, places);
    }

    /** What the sentence asks of the robot. */
    public Reading read(String text) {
        List<Token> said = Token.of(text);
        return called(said).or(() -> called(Courtesy.removed(said))).orElseGet(() -> orders(said));
    }

    /** A whole sentence by which a capability says it is called: "what do you see?" */
    private Optional<Reading> called(List<Token> tokens) {
        String words =
                tokens.stream()
                        .filter(Token::isWord)
                        .map(Token::plain)
                        .collect(Collectors.joining(" "));
        return skills.stream()
                .filter(s -> s.isCalled(words))
                .findFirst()
                .map(s ->
                        new Reading(
                                Plan.of(new Action(s.verb(), Map.of())),
                                "",
                                false,
                                List.of(),
                                "",
                                1,
                                Normalizer.languageOf(tokens),
                                List.of("\"" + words + "\" is " + s.verb())));
    }

    private Reading orders(List<Token> said) {
        List<Token> raw = normalizer.spelledOut(said);
        List<Token> mended = normalizer.mended(raw);
        Language language = Normalizer.languageOf(mended);
        List<Token> tokens = Courtesy.removed(Speech.gathered(mended, raw));
        List<Item> items = annotator.items(Quantities.read(Repetition.times(tokens), language));
        return new Orders(skills, items, language).reading();
    }

    @Override
    public String toString() {
        return skills.stream()
                .map(s -> s.verb() + "=" + s.kind.name().toLowerCase(Locale.ROOT))
                .toList()
                .toString();
    }
}
