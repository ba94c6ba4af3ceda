package dev.outrider.reason.language;

import dev.outrider.reason.language.Lexicon.Form;
import dev.outrider.reason.language.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds what the robot is told to say, so that nobody reads orders, numbers or slips into it: the
 * words after a verb of saying, up to where another order begins.
 */
final class Speech {

    private static final Lexicon LEXICON = Lexicon.STANDARD;
    private static final Set<String> HEARERS = Words.of("hearers");
    private static final Set<String> PRONOUNS = Words.of("pronouns");
    private static final Set<String> NOT_REPEATED = Words.of("not repeated");
    private static final Set<String> NO_ORDERS = Words.of("no orders");
    private static final Set<String> AFTER_WHEN = Words.of("after when");
    private static final Set<String> ENDS = Set.of(".", ";", "!", "?", "(", ")");

    private Speech() {}

    /**
     * The mended tokens with each speech as one token, in the sender's own words.
     *
     * @param raw the same tokens before they were mended
     */
    static List<Token> gathered(List<Token> mended, List<Token> raw) {
        List<Token> out = new ArrayList<>(mended.size());
        int i = 0;
        while (i < mended.size()) {
            Token token = mended.get(i);
            out.add(token);
            i++;
            boolean meant =
                    i > 1
                            && (mended.get(i - 2)
                                            .is(
                                                    "quise", "quiero", "quiso", "querer", "es",
                                                    "who", "mejor", "let's", "lets")
                                    || (i > 2
                                            && mended.get(i - 2).is("to")
                                            && mended.get(i - 3).is("mean", "meant", "is")))
                            && token.is("decir", "say", "dicho");
            boolean asksMe =
                    (token.is("tell") && i < mended.size() && mended.get(i).is("me", "us"))
                            || token.plain()
                                    .matches(
                                            "d(?:i|iga|eci|ecir|igan)(?:me|nos)|cuentame|cuenteme");
            boolean aloud =
                    token.is("out", "aloud")
                            && i > 1
                            && mended.get(i - 2).is("read", "call", "shout", "say");
            if ((!says(token) && !aloud && !repeated(mended, i) && !reports(mended, i))
                    || meant
                    || asksMe) {
                continue;
            }
            int begin = begin(mended, i);
            int end = end(mended, begin);
            boolean quoted = begin < mended.size() && mended.get(begin).kind() == Kind.QUOTE;
            boolean empty =
                    end <= begin
                            || (end == begin + 1 && PRONOUNS.contains(mended.get(begin).plain()));
            if (quoted) {
                mended.subList(i, begin).stream().filter(t -> !t.is(":", ",")).forEach(out::add);
                i = begin;
            }
            if (quoted || empty) {
                continue;
            }
            mended.subList(i, begin).stream().filter(t -> !t.is(":", ",")).forEach(out::add);
            String text = Token.text(raw.subList(begin, end));
            out.add(
                    new Token(
                            Kind.SPEECH,
                            text,
                            Token.plain(text),
                            raw.get(begin).spaced(),
                            0,
                            null));
            i = end;
        }
        return out;
    }

    /** "repeat after me": words that follow, and not how often. */
    private static boolean repeated(List<Token> tokens, int i) {
        if (!tokens.get(i - 1).is("repeat", "repite", "repita", "repetir", "repeti")
                || i >= tokens.size()) {
            return false;
        }
        Token next = tokens.get(i);
        return ((next.isWord() || next.is(":")) && !next.is(NOT_REPEATED))
                || next.kind() == Kind.QUOTE;
    }

    /** "avisa de que …", "warn them that …": what such a verb tells follows a "that". */
    private static boolean reports(List<Token> tokens, int i) {
        boolean weakly =
                tokens.get(i - 1).isWord()
                        && LEXICON.senses(tokens.get(i - 1).plain()).stream()
                                .anyMatch(s -> s.concept().equals("say") && s.form() == Form.VERB);
        if (!weakly || i + 1 >= tokens.size()) {
            return false;
        }
        Token next = tokens.get(i);
        Token after = tokens.get(i + 1);
        return next.is("that", "que")
                || (next.is("de") && after.is("que"))
                || (next.is("them", "him", "her", "everyone", "everybody") && after.is("that"));
    }

    private static boolean says(Token token) {
        return token.isWord()
                && LEXICON.senses(token.plain()).stream()
                        .anyMatch(s ->
                                s.concept().equals("say") && !s.weak() && s.form() == Form.VERB);
    }

    /** Where the words to be said begin: after who hears them and "that". */
    private static int begin(List<Token> tokens, int i) {
        int colon = -1;
        int that = -1;
        for (int k = i;
                k < tokens.size() && k < i + 7 && !ENDS.contains(tokens.get(k).plain());
                k++) {
            if (tokens.get(k).kind() == Kind.QUOTE || tokens.get(k).is(":")) {
                colon = tokens.get(k).is(":") ? k + 1 : k;
                break;
            }
            if (that < 0 && tokens.get(k).is("that", "que") && k > i - 1) {
                that = k + 1;
            }
        }
        if (colon >= 0) {
            return colon;
        }
        boolean told =
                tokens.get(i - 1)
                        .plain()
                        .matches(
                                "tell.*|announc.*|dil?e.*|decir?les?|dig(?:a|an)?les?|avis.*|anunci.*|comuni.*|inform.*");
        if (that >= 0 && (told || that == i + 1)) {
            return that;
        }
        int k = i;
        if (told || tokens.get(i - 1).is("shout", "yell", "grita")) {
            boolean led = false;
            while (k < tokens.size()
                    && k < i + 4
                    && HEARERS.contains(tokens.get(k).plain())
                    && k + 1 < tokens.size()) {
                Token hearer = tokens.get(k);
                boolean article = hearer.is("the", "la", "el", "los", "las");
                boolean person =
                        hearer.is(
                                "people",
                                "visitors",
                                "guests",
                                "children",
                                "kids",
                                "team",
                                "invitados",
                                "ninos",
                                "equipo",
                                "gente");
                if ((person && !led) || (article && !HEARERS.contains(tokens.get(k + 1).plain()))) {
                    break;
                }
                led |= article || hearer.is("to", "a", "al");
                k++;
            }
        } else if (k < tokens.size() && tokens.get(k).is(":", ",")) {
            k++;
        }
        return k;
    }

    private static int end(List<Token> tokens, int begin) {
        int k = begin;
        while (k < tokens.size()) {
            Token token = tokens.get(k);
            if ((ENDS.contains(token.plain()) && k > begin)
                    || (k > begin
                            && (token.is("then", "luego", "despues", "afterwards")
                                    || (tokens.get(k - 1).is(",")
                                            && LEXICON.means(token.plain(), "THEN"))
                                    || joins(tokens, k)
                                    || takesBack(tokens, k)))
                    || repeats(tokens, k)
                    || conditions(tokens, k)) {
                break;
            }
            k++;
        }
        while (k > begin && tokens.get(k - 1).is(",", "and", "y", "-", "—")) {
            k--;
        }
        int polite = Courtesy.closing(tokens, k);
        boolean comma = k - polite > begin && tokens.get(k - polite - 1).is(",");
        if (polite > 0
                && k - polite > begin
                && (comma
                        || tokens.get(k - 1).is("please", "pls", "plz", "favor", "porfa", "xfa"))) {
            k -= polite;
            while (k > begin && tokens.get(k - 1).is(",")) {
                k--;
            }
        }
        return k;
    }

    /** Whether a comma, "and" or "y" at k leads on to another order. */
    private static boolean joins(List<Token> tokens, int k) {
        if (!tokens.get(k).is(",", "and", "y", "&", "—", "pero", "but")) {
            return false;
        }
        int next = k + 1;
        while (next < tokens.size()
                && tokens.get(next)
                        .is(
                                "and", "y", "then", "luego", "please", "also", "despues", "finally",
                                "te", "se", "after", "that")) {
            next++;
        }
        if (next >= tokens.size()) {
            return false;
        }
        Token word = tokens.get(next);
        if (!word.isWord()) {
            return false;
        }
        if (word.is(
                "if",
                "when",
                "si",
                "cuando",
                "unless",
                "otherwise",
                "else",
                "sino",
                "battery",
                "bateria")) {
            return true;
        }
        return LEXICON.senses(word.plain()).stream()
                .anyMatch(s ->
                        s.form() == Form.VERB
                                && (!s.weak() || !s.concept().equals("DO"))
                                && !word.is(NO_ORDERS));
    }

    /** "say hello, no, say goodbye": what follows the "no" is another order, and not to be said. */
    private static boolean takesBack(List<Token> tokens, int k) {
        if (!tokens.get(k).is(",", "...", "…", "-", "—")) {
            return false;
        }
        int next = k + 1;
        while (next < tokens.size()
                && (tokens.get(next).is(",")
                        || LEXICON.means(tokens.get(next).plain(), "CORRECT"))) {
            next++;
        }
        return next > k + 1
                && next < tokens.size()
                && LEXICON.senses(tokens.get(next).plain()).stream()
                        .anyMatch(s ->
                                s.form() == Form.VERB
                                        && !s.weak()
                                        && Character.isLowerCase(s.concept().charAt(0)));
    }

    private static boolean repeats(List<Token> tokens, int k) {
        if (tokens.get(k).is("twice")) {
            return true;
        }
        boolean pair =
                k + 3 < tokens.size()
                        && tokens.get(k).is("a", "un")
                        && tokens.get(k + 1).is("couple", "par")
                        && tokens.get(k + 2).is("of", "de")
                        && tokens.get(k + 3).is("times", "veces");
        if (pair) {
            return true;
        }
        if (k + 1 >= tokens.size() || !tokens.get(k + 1).is("times", "veces")) {
            return false;
        }
        Token count = tokens.get(k);
        return count.kind() == Kind.NUMBER || Numerals.words().contains(count.plain());
    }

    private static boolean conditions(List<Token> tokens, int k) {
        Token turn = tokens.get(k);
        if (turn.is("after", "before", "once", "antes", "despues", "tras")
                || turn.is("when", "cuando", "while")) {
            for (int i = k + 1; i < Math.min(tokens.size(), k + 4); i++) {
                boolean deed =
                        tokens.get(i).isWord()
                                && LEXICON.senses(tokens.get(i).plain()).stream()
                                        .anyMatch(s ->
                                                s.form() == Form.VERB
                                                        && Character.isLowerCase(
                                                                s.concept().charAt(0)));
                if (deed && tokens.get(k + 1).is(AFTER_WHEN)) {
                    return true;
                }
            }
        }
        if (!turn.is("if", "si", "when", "cuando", "unless")) {
            return false;
        }
        for (int i = k + 1; i < Math.min(tokens.size(), k + 8); i++) {
            if (LEXICON.means(tokens.get(i).plain(), "BATTERY")) {
                return true;
            }
        }
        return false;
    }
}
