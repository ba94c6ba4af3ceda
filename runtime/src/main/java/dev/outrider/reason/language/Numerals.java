package dev.outrider.reason.language;

import dev.outrider.model.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words, digits and signs that numbers, parts and units are written with. */
final class Numerals {

    private static final Pattern THOUSANDS =
            Pattern.compile("-?\\d{1,3}(?:,\\d{3})+|-?\\d{1,3}(?:\\.\\d{3}){2,}");

    private static final List<Words.Entry> NUMBERS = Words.entries("numbers.txt");

    /** Number words up to nine hundred, by language. */
    private static final Map<Language, Map<String, Integer>> SMALL =
            Map.of(
                    Language.EN, table("English numbers"),
                    Language.ES, table("Spanish numbers"));

    private static final Map<String, Double> PARTS =
            Map.of(
                    "half",
                    0.5,
                    "medio",
                    0.5,
                    "media",
                    0.5,
                    "mitad",
                    0.5,
                    "quarter",
                    0.25,
                    "quarters",
                    0.25,
                    "cuarto",
                    0.25,
                    "cuartos",
                    0.25);

    private static final Map<String, Double> THIRDS =
            Map.of(
                    "third", 1 / 3., "thirds", 1 / 3., "tercio", 1 / 3., "tercios", 1 / 3., "tenth",
                    0.1, "tenths", 0.1, "decimo", 0.1, "decima", 0.1, "decimas", 0.1, "fifth", 0.2);

    private static final Map<String, Unit> UNITS = units();

    private static final Set<String> OPENERS =
            Set.of("a", "an", "one", "un", "una", "another", "otro", "otra");

    private Numerals() {}

    /** The words of the numbers up to nine hundred in a language. */
    static Map<String, Integer> small(Language language) {
        return SMALL.getOrDefault(language, Map.of());
    }

    /**
     * What a half or a quarter is of one, which people add to a whole: "two and a half"; or null.
     */
    static @Nullable Double part(String plain) {
        return PARTS.get(plain);
    }

    /** Whether a word is part of number phrases. */
    static Set<String> words() {
        Set<String> words = new HashSet<>(UNITS.keySet());
        SMALL.values().forEach(m -> words.addAll(m.keySet()));
        words.addAll(PARTS.keySet());
        words.addAll(THIRDS.keySet());
        words.addAll(
                Set.of(
                        "hundred",
                        "thousand",
                        "mil",
                        "couple",
                        "dozen",
                        "docena",
                        "par",
                        "point",
                        "coma",
                        "punto"));
        words.removeIf(w -> w.length() < 2);
        return words;
    }

    /** The unit of that word, or null. */
    static @Nullable Unit unit(String plain) {
        return UNITS.get(plain);
    }

    /** The number that digits with points, commas and groups of thousands are. */
    static double digits(String text) {
        String plain = text.replace('−', '-');
        if (THOUSANDS.matcher(plain).matches()) {
            return Double.parseDouble(plain.replaceAll("(?<=\\d)[.,](?=\\d{3})", ""));
        }
        String pointed = plain.replace(',', '.');
        int last = pointed.lastIndexOf('.');
        return Double.parseDouble(
                last < 0
                        ? pointed
                        : pointed.substring(0, last).replace(".", "") + pointed.substring(last));
    }

    /** The number that a sign such as ½ is. */
    static double glyph(String text) {
        return switch (text.charAt(0)) {
            case '½' -> 0.5;
            case '⅓' -> 1 / 3.;
            case '⅔' -> 2 / 3.;
            case '¼' -> 0.25;
            case '¾' -> 0.75;
            default -> 0.125;
        };
    }

    /** With at most three decimals, as people and models write it: {@code 0.914 m}, {@code 50%}. */
    static String written(double number, @Nullable Unit unit) {
        String digits =
                new BigDecimal(number)
                        .setScale(Math.abs(number) < 0.1 ? 4 : 3, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros()
                        .toPlainString();
        return unit == null ? digits : digits + (unit == Unit.PERCENT ? "" : " ") + unit.symbol();
    }

    /** What "half" or "a third" is of one, or null. */
    static @Nullable Double fraction(String plain) {
        Double part = PARTS.get(plain);
        return part == null ? THIRDS.get(plain) : part;
    }

    /** Whether "a" or "another" may begin a number here. */
    static boolean isArticle(Token token) {
        return token.isWord() && OPENERS.contains(token.plain());
    }

    private static Map<String, Integer> table(String section) {
        Map<String, Integer> table = new HashMap<>();
        Words.meanings(NUMBERS, section)
                .forEach((word, number) -> table.put(word, Integer.valueOf(number)));
        return Map.copyOf(table);
    }

    private static Map<String, Unit> units() {
        Map<String, Unit> units = new HashMap<>();
        for (Words.Entry entry : NUMBERS) {
            if (entry.section().equals("units")) {
                List<String> words = entry.words().toList();
                Unit unit = Unit.valueOf(words.getFirst());
                words.stream().skip(1).forEach(word -> units.put(word, unit));
            }
        }
        return Map.copyOf(units);
    }
}
