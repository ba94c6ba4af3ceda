package dev.outrider.ai.sense;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How much of a text was written otherwise than it was said: words that are wrong, missing or too
 * many (Levenshtein's distance), of the words that were said. Case, punctuation and whether a
 * number is written in digits do not count; accents do.
 *
 * @param words that were said
 * @param errors of any kind
 */
public record WordErrorRate(int words, int errors) {
    private static final Pattern DECIMAL = Pattern.compile("(?<=\\d)[.,](?=\\d)");
    private static final Pattern DIGITS = Pattern.compile("\\d{1,6}");
    private static final Pattern PUNCTUATION = Pattern.compile("[^\\p{L}\\p{N}]+");

    public WordErrorRate {
        if (words < 0 || errors < 0) {
            throw new IllegalArgumentException("%d errors in %d words".formatted(errors, words));
        }
    }

    /** Of one text, in a language by its two letters ({@code en} or {@code es}). */
    public static WordErrorRate of(String said, String written, String language) {
        var expected = words(said, language);
        return new WordErrorRate(expected.size(), distance(expected, words(written, language)));
    }

    /** Of two texts together. */
    public WordErrorRate plus(WordErrorRate other) {
        return new WordErrorRate(words + other.words, errors + other.errors);
    }

    /** 0 if every word is right; more than 1 if more is wrong than was said. */
    public double rate() {
        return words == 0 ? (errors == 0 ? 0 : 1) : (double) errors / words;
    }

    static List<String> words(String text, String language) {
        boolean spanish = language.equals("es");
        var plain =
                Normalizer.normalize(text, Normalizer.Form.NFC)
                        .toLowerCase(Locale.ROOT)
                        .replace("°", spanish ? " grados " : " degrees ")
                        .replace("%", spanish ? " por ciento " : " percent ");
        var spelled =
                DIGITS.matcher(DECIMAL.matcher(plain).replaceAll(spanish ? " coma " : " point "))
                        .replaceAll(number ->
                                " %s "
                                        .formatted(
                                                SpelledNumber.of(
                                                        Integer.parseInt(number.group()),
                                                        spanish)));
        return PUNCTUATION.splitAsStream(spelled).filter(word -> !word.isEmpty()).toList();
    }

    private static int distance(List<String> expected, List<String> actual) {
        var row = new int[actual.size() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (String word : expected) {
            int diagonal = row[0]++;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (word.equals(actual.get(j - 1)) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[actual.size()];
    }
}
