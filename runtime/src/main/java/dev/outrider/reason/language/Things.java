package dev.outrider.reason.language;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What kinds of things are called, one or several of them, in English and Spanish. */
public final class Things {

    private static final Map<String, Names> KNOWN = load();

    /** By what they are called, one or several, without accents and article: the kind. */
    private static final Map<String, String> KINDS = kinds();

    private static final List<String> ENGLISH =
            List.of("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");
    private static final List<String> SPANISH =
            List.of("dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez");

    private record Names(String several, String una, String varias) {}

    private Things() {}

    /** So many of a kind: {@code a cup}, {@code dos tazas}. */
    public static String named(String kind, int count, Language language) {
        Names names = KNOWN.getOrDefault(kind, new Names("", "", ""));
        if (language == Language.EN) {
            String several = names.several.isEmpty() ? several(kind) : names.several;
            return count == 1
                    ? several.equals(kind) ? kind : article(kind) + " " + kind
                    : number(count, ENGLISH) + " " + several;
        }
        String one = names.una.isEmpty() ? "«" + kind + "»" : names.una;
        return count == 1
                ? one
                : number(count, SPANISH)
                        + " "
                        + (names.varias.isEmpty() ? varias(one) : names.varias);
    }

    /** The kind that is called so, in plain words without an article; empty if none is. */
    static Optional<String> kind(String name) {
        return Optional.ofNullable(KINDS.get(name));
    }

    private static Map<String, String> kinds() {
        Map<String, String> kinds = new HashMap<>();
        KNOWN.forEach((kind, names) -> {
            String several = names.several.isEmpty() ? several(kind) : names.several;
            String varias = names.varias.isEmpty() ? varias(names.una) : names.varias;
            for (String name : List.of(kind, several, names.una, varias)) {
                kinds.put(Token.plain(name).replaceFirst("^una? ", ""), kind);
            }
        });
        kinds.remove("");
        return Map.copyOf(kinds);
    }

    private static String number(int count, List<String> words) {
        return count - 2 < words.size() ? words.get(count - 2) : Integer.toString(count);
    }

    private static String article(String kind) {
        return "aeiou".indexOf(kind.charAt(0)) >= 0 ? "an" : "a";
    }

    private static String several(String kind) {
        return kind.matches(".*(s|x|ch|sh)") ? kind + "es" : kind + "s";
    }

    /** Without the article, the first word in the plural: "una copa de vino", "copas de vino". */
    private static String varias(String one) {
        String[] words = one.split(" ", 3);
        if (words.length == 1) {
            return one;
        }
        boolean vowel = "aeiouáéíóú".indexOf(words[1].charAt(words[1].length() - 1)) >= 0;
        return words[1] + (vowel ? "s" : "es") + (words.length > 2 ? " " + words[2] : "");
    }

    private static Map<String, Names> load() {
        Map<String, Names> known = new HashMap<>();
        for (String line : Words.lines("things.txt")) {
            String[] parts = line.split("\\s*\\|\\s*", -1);
            known.put(parts[0], new Names(parts[1], parts[2], parts.length > 3 ? parts[3] : ""));
        }
        return Map.copyOf(known);
    }
}
