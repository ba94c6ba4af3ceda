package dev.outrider.reason.language;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrider.model.Capability;
import dev.outrider.model.Parameter;
import dev.outrider.model.Place;
import dev.outrider.model.Unit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings an everyday English or Spanish sentence to a normal form, so that a reader of any kind
 * meets fewer forms of the same thing: digits for number words and fractions, one unit a dimension
 * (metres, degrees and seconds, or the one the robot declares), no typing slips, no courtesy. What
 * stands in quotation marks or is to be said aloud is left as it is.
 *
 * <p>As a program it normalises line by line, for training data: {@code java -cp
 * runtime/target/classes dev.outrider.reason.language.Normalizer < in > out}. A line is a sentence,
 * or a sentence, a tab, the robot's names (verbs, places, colours) separated by commas, a tab, and
 * the symbols of the units it declares separated by commas; the two last may be left out.
 */
public final class Normalizer {

    private final Speller speller;
    private final Map<Unit.Dimension, EnumSet<Unit>> declared = new EnumMap<>(Unit.Dimension.class);

    /** For a robot with these capabilities and places. */
    public static Normalizer of(Collection<Capability> capabilities, Collection<Place> places) {
        List<String> names = new ArrayList<>();
        Set<Unit> units = EnumSet.noneOf(Unit.class);
        for (Capability capability : capabilities) {
            names.add(capability.verb());
            for (Parameter parameter : capability.parameters().values()) {
                switch (parameter) {
                    case Parameter.Choice(List<String> choices) -> names.addAll(choices);
                    case Parameter.Range range -> units.add(range.unit());
                    case Parameter.FreeText text -> {}
                }
            }
        }
        for (Place place : places) {
            names.add(place.name());
            names.addAll(place.aliases());
        }
        return new Normalizer(names, units);
    }

    /**
     * @param names what the robot calls its verbs, places and colours, in any form
     * @param units those it declares
     */
    public Normalizer(Collection<String> names, Collection<Unit> units) {
        Set<String> words = new HashSet<>();
        for (String name : names) {
            words.addAll(Arrays.asList(Token.plain(name).split("[\\s_-]+", -1)));
        }
        words.remove("");
        this.speller = new Speller(words);
        units.forEach(u ->
                declared.computeIfAbsent(u.dimension(), d -> EnumSet.noneOf(Unit.class)).add(u));
    }

    /** The sentence in normal form; the same words in the same language otherwise. */
    public String normal(String sentence) {
        List<Token> raw = spelledOut(Token.of(sentence));
        List<Token> mended = mended(raw);
        Language language = languageOf(mended);
        List<Token> tokens = Speech.gathered(mended, raw);
        return Token.text(
                converted(turning(Quantities.read(Courtesy.removed(tokens), language), language)));
    }

    /** "do a 180°" and "da media vuelta" with the verb that is meant. */
    private static List<Token> turning(List<Token> tokens, Language language) {
        List<Token> left = new ArrayList<>(tokens);
        for (int i = 1; i < left.size(); i++) {
            Token angle = left.get(i);
            Token verb = left.get(i - 1);
            if (angle.unit() == Unit.DEGREE
                    && !verb.is("de")
                    && verb.isWord()
                    && Lexicon.STANDARD.means(verb.plain(), "DO")) {
                left.set(i - 1, verb.as(language == Language.EN ? "turn" : "gira"));
            }
        }
        return left;
    }

    /**
     * What was written in a hurry, in full: "pa'lante", "go 2 the kitchen". A name of the robot's
     * own is none: the "b4" of its bay B4 is not "before".
     */
    List<Token> spelledOut(List<Token> tokens) {
        List<Token> out = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            Token next = i + 1 < tokens.size() ? tokens.get(i + 1) : token;
            if (token.text().equals("2") && next.is("the") && i > 0) {
                out.add(Token.word("to", token.spaced()));
                continue;
            }
            if (token.isWord()
                    && token.plain()
                            .matches(
                                    "lo+l|l+ma+o+|(?:ha){2,}h?|a?(?:ja){2,}j?|(?:je){2,}|(?:he){2,}|xd")) {
                out.add(new Token(Token.Kind.MARK, ",", ",", false, 0, null));
                continue;
            }
            if (token.is("tras") && i > 0 && tokens.get(i - 1).is("pa", "para", "pa'")) {
                out.add(Token.word("atrás", token.spaced()));
                continue;
            }
            boolean hyphened = next.is("-") && !next.spaced();
            boolean unit = hyphened || (i > 0 && tokens.get(i - 1).isNumeric());
            List<String> full =
                    token.isWord() && !unit && !speller.names(token.plain())
                            ? Lexicon.STANDARD.shorthand(token.plain())
                            : List.of();
            boolean capital =
                    token.isWord()
                            && token.text().length() == 1
                            && Character.isUpperCase(token.text().charAt(0));
            if (full.isEmpty() || capital) {
                out.add(token);
            }
            for (String word : capital ? List.<String>of() : full) {
                out.add(Token.word(word, token.spaced() || !word.equals(full.getFirst())));
            }
        }
        return out;
    }

    /** The sentence's tokens without typing slips. */
    List<Token> mended(List<Token> tokens) {
        List<Token> mended = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean named =
                    i > 0 && token.isWord() && Character.isUpperCase(token.text().charAt(0));
            if (token.isWord() && !named) {
                String word = speller.mended(token.plain());
                mended.add(word.equals(token.plain()) ? token : token.as(word));
            } else {
                mended.add(token);
            }
        }
        return mended;
    }

    /** The language most of the words belong to; English where none does. */
    static Language languageOf(List<Token> tokens) {
        double score = 0;
        for (Token token : tokens) {
            if (token.isWord()) {
                score += leaning(token.plain());
                if (token.text().chars().anyMatch(c -> "áéíóúñÁÉÍÓÚÑ".indexOf(c) >= 0)) {
                    score--;
                }
            } else if (token.is("¿", "¡")) {
                score--;
            }
        }
        return score < 0 ? Language.ES : Language.EN;
    }

    /** Plus one for a word that is only English, minus one for one that is only Spanish. */
    private static double leaning(String plain) {
        boolean english = false;
        boolean spanish = false;
        for (Lexicon.Sense sense : Lexicon.STANDARD.senses(plain)) {
            english |= sense.language() == Language.EN;
            spanish |= sense.language() == Language.ES;
        }
        return english == spanish ? 0 : english ? 1 : -1;
    }

    private List<Token> converted(List<Token> tokens) {
        return tokens.stream().map(this::converted).toList();
    }

    private Token converted(Token token) {
        @Nullable Unit said = token.unit();
        if (said == null) {
            return token;
        }
        Unit wanted = wanted(said);
        return said == wanted
                ? token
                : Token.quantity(said.convert(token.number(), wanted), wanted, token.spaced());
    }

    private Unit wanted(Unit said) {
        EnumSet<Unit> units = declared.get(said.dimension());
        if (units != null && !units.isEmpty()) {
            return units.contains(said) || units.size() > 1 ? said : units.iterator().next();
        }
        return switch (said.dimension()) {
            case LENGTH -> Unit.METER;
            case ANGLE -> Unit.DEGREE;
            case TIME -> Unit.SECOND;
            case NUMBER, RATIO, VOLUME, MASS, TEMPERATURE -> said;
        };
    }

    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, false, UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        Map<String, Normalizer> normalizers = new java.util.HashMap<>();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] fields = line.split("\t", 3);
            String robot = line.substring(fields[0].length());
            out.println(
                    normalizers.computeIfAbsent(robot, r -> ofFields(fields)).normal(fields[0]));
        }
        out.flush();
    }

    private static Normalizer ofFields(String[] fields) {
        List<String> names = fields.length > 1 ? List.of(fields[1].split(",", -1)) : List.of();
        Set<Unit> units = EnumSet.noneOf(Unit.class);
        if (fields.length > 2) {
            for (String symbol : fields[2].split(",", -1)) {
                Unit.ofSymbol(symbol.strip()).ifPresent(units::add);
            }
        }
        return new Normalizer(names, units);
    }
}
