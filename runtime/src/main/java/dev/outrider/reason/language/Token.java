package dev.outrider.reason.language;

import dev.outrider.model.Unit;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A word, number, quotation or mark of a sentence.
 *
 * @param text as written; of a quotation, what stands between the marks
 * @param plain lower case without accents, for looking up
 * @param spaced whether white space stood before it
 * @param number of a number or quantity, the value
 * @param unit of a quantity, what it is measured in
 */
record Token(
        Kind kind, String text, String plain, boolean spaced, double number, @Nullable Unit unit) {

    enum Kind {
        WORD,
        NUMBER,
        QUANTITY,
        QUOTE,
        /** Words to be said aloud, not to be read as orders. */
        SPEECH,
        MARK
    }

    private static final Pattern ACCENT = Pattern.compile("\\p{Mn}+");
    private static final Pattern PIECE =
            Pattern.compile(
                    "(?<space>\\s+)"
                            + "|(?<quote>[\"“„«][^\"”“»]{1,400}[\"”»“]|(?<![\\p{L}\\p{N}])['‘][^'’]{1,400}['’](?![\\p{L}\\p{N}]))"
                            + "|(?<number>(?<![\\p{L}\\p{N}.])[-−]?(?:\\d+(?:[.,]\\d+)*|[.,]\\d+))"
                            + "|(?<fraction>[½⅓⅔¼¾⅛])"
                            + "|(?<word>\\p{L}[\\p{L}\\p{M}\\p{N}_]*(?:['’`´]\\p{L}+)*)"
                            + "|(?<mark>\\.{2,}|.)",
                    Pattern.DOTALL);

    static Token word(String text, boolean spaced) {
        return new Token(Kind.WORD, text, plain(text), spaced, 0, null);
    }

    static Token quantity(double number, @Nullable Unit unit, boolean spaced) {
        String text = Numerals.written(number, unit);
        return new Token(
                unit == null ? Kind.NUMBER : Kind.QUANTITY, text, text, spaced, number, unit);
    }

    /** The same thing with other words. */
    Token as(String other) {
        return new Token(kind, other, plain(other), spaced, number, unit);
    }

    boolean is(Set<String> words) {
        return (kind == Kind.WORD || kind == Kind.MARK) && words.contains(plain);
    }

    boolean is(String... words) {
        if (kind == Kind.WORD || kind == Kind.MARK) {
            for (String word : words) {
                if (plain.equals(word)) {
                    return true;
                }
            }
        }
        return false;
    }

    boolean isWord() {
        return kind == Kind.WORD;
    }

    /** Whether it says how much: a bare number, or one with a unit. */
    boolean isNumeric() {
        return kind == Kind.NUMBER || kind == Kind.QUANTITY;
    }

    /** Lower case without accents and with straight apostrophes. */
    static String plain(String text) {
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
        return ACCENT.matcher(decomposed)
                .replaceAll("")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[’`´]", "'");
    }

    /** Takes a sentence apart; nothing but white space is lost. */
    static List<Token> of(String sentence) {
        String text = Normalizer.normalize(sentence, Normalizer.Form.NFC);
        List<Token> tokens = new ArrayList<>();
        boolean spaced = false;
        Matcher matcher = PIECE.matcher(text);
        while (matcher.find()) {
            String piece = matcher.group();
            if (matcher.group("space") != null) {
                spaced = true;
                continue;
            }
            tokens.add(token(matcher, piece, spaced));
            spaced = false;
        }
        return tokens;
    }

    private static Token token(Matcher matcher, String piece, boolean spaced) {
        if (matcher.group("quote") != null) {
            String inner = piece.substring(1, piece.length() - 1).strip();
            return new Token(Kind.QUOTE, inner, plain(inner), spaced, 0, null);
        }
        if (matcher.group("number") != null) {
            return new Token(Kind.NUMBER, piece, piece, spaced, Numerals.digits(piece), null);
        }
        if (matcher.group("fraction") != null) {
            return new Token(Kind.NUMBER, piece, piece, spaced, Numerals.glyph(piece), null);
        }
        Kind kind = matcher.group("word") != null ? Kind.WORD : Kind.MARK;
        return new Token(kind, piece, plain(piece), spaced, 0, null);
    }

    /** The sentence of those tokens. */
    static String text(List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        for (Token token : tokens) {
            if (token.spaced && !text.isEmpty()) {
                text.append(' ');
            }
            text.append(token.kind == Kind.QUOTE ? '"' + token.text + '"' : token.text);
        }
        return text.toString();
    }
}
