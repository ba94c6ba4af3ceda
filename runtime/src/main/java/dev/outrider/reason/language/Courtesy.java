package dev.outrider.reason.language;

import dev.outrider.reason.language.Lexicon.Phrase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Courtesy and talk around an order: "hey robot, could you … please?". */
final class Courtesy {

    private static final Lexicon LEXICON = Lexicon.STANDARD;
    private static final Set<String> MARKS = Words.of("marks");

    /** Requests in the form of a question, after which the question mark means nothing. */
    private static final Set<String> ASKING = Words.of("asking");

    /**
     * Words of wishes and thanks, of which one at least stands before an order asked for kindly.
     */
    private static final Set<String> WISHES = Words.of("wishes");

    private static final Set<String> JOINTS = Words.of("joints of wishes");
    private static final Set<String> BEFORE_ORDER = Words.of("before a kind order");

    private Courtesy() {}

    /** The tokens without courtesy at the ends of their clauses. */
    static List<Token> removed(List<Token> tokens) {
        List<Token> left = new ArrayList<>(tokens);
        boolean asked = false;
        int i = 0;
        boolean opens = true;
        while (i < left.size()) {
            int length = opens ? opening(left, i) : 0;
            if (length > 0) {
                asked |= ASKING.contains(left.get(i).plain()) || length > 3;
                boolean subjunctive =
                        length > 1
                                && left.get(i + length - 1).is("you")
                                && left.get(i + length - 2).is("if");
                left.subList(i, i + length).clear();
                if (subjunctive && i < left.size() && left.get(i).isWord()) {
                    // "I would appreciate it if you turned left"
                    String verb = LEXICON.present(left.get(i).plain());
                    left.set(
                            i,
                            verb.equals(left.get(i).plain()) ? left.get(i) : left.get(i).as(verb));
                }
                boolean tag = i > 0 && i < left.size() && left.get(i).is("?");
                if (tag) {
                    // "…, ok?": it asks for nothing
                    left.remove(i);
                    while (i > 0 && left.get(i - 1).is("¿", ",")) {
                        left.remove(i - 1);
                        i--;
                    }
                    continue;
                }
                boolean inside = i > 0 && left.get(i - 1).is(",");
                if (inside && i < left.size() && left.get(i).is(".", "!", "?", ";")) {
                    left.remove(i - 1);
                    i--;
                } else {
                    while (i < left.size()
                            && left.get(i).is(",", "!", "...", "..", "…", ".", "-", "—")) {
                        left.remove(i);
                    }
                }
                continue;
            }
            opens =
                    MARKS.contains(left.get(i).plain())
                            || left.get(i).is("and", "then", "y", "luego", "entonces");
            i++;
        }
        closing(left);
        while (!left.isEmpty() && left.getLast().is(",", "-", "—", "...", "…")) {
            left.removeLast();
        }
        if (asked) {
            left.removeIf(t -> t.is("?", "¿"));
        }
        return left;
    }

    private static int opening(List<Token> tokens, int i) {
        if (i > 0 && said(tokens, i)) {
            return 0;
        }
        if (i == 0
                && tokens.size() > 2
                && tokens.get(0).is("right")
                && tokens.get(1).is(",")
                && !tokens.get(2).is("right", "left")) {
            return 1;
        }
        int wish = wish(tokens, i);
        if (wish > 0) {
            return wish;
        }
        for (Phrase phrase : LEXICON.phrases(tokens.get(i).plain())) {
            if (phrase.sense().concept().equals("POLITE") && matches(tokens, i, phrase.words())) {
                return phrase.words().size();
            }
        }
        return single(tokens, i, true) ? 1 : 0;
    }

    /** "I would be grateful if you could", "le agradecería mucho que": a wish before an order. */
    private static int wish(List<Token> tokens, int i) {
        boolean courteous = false;
        int k = i;
        while (k < tokens.size()
                && (WISHES.contains(tokens.get(k).plain())
                        || JOINTS.contains(tokens.get(k).plain()))) {
            courteous |= WISHES.contains(tokens.get(k).plain());
            k++;
        }
        boolean open = k >= tokens.size() || !tokens.get(k).isWord();
        if (!courteous || open || k - i < 3 || !tokens.get(k - 1).is(BEFORE_ORDER)) {
            return 0;
        }
        String verb =
                k > i + 1 && tokens.get(k - 1).is("you") && tokens.get(k - 2).is("if")
                        ? LEXICON.present(tokens.get(k).plain())
                        : tokens.get(k).plain();
        boolean order =
                LEXICON.senses(verb).stream()
                        .anyMatch(s ->
                                (s.form() == Lexicon.Form.VERB
                                                && Character.isLowerCase(s.concept().charAt(0)))
                                        || s.concept().equals("DO"));
        int back = k;
        while (back > i && tokens.get(back - 1).is("le", "te", "me", "se", "lo")) {
            back--;
        }
        return order ? back - i : 0;
    }

    private static boolean single(List<Token> tokens, int i, boolean opening) {
        Token token = tokens.get(i);
        if (!token.isWord()) {
            return false;
        }
        for (Lexicon.Sense sense : LEXICON.senses(token.plain())) {
            if (sense.concept().equals("POLITE")) {
                int beside = opening ? i + 1 : i - 1;
                boolean marked =
                        beside >= 0
                                && beside < tokens.size()
                                && MARKS.contains(tokens.get(beside).plain());
                return !sense.weak() || marked;
            }
        }
        return false;
    }

    private static void closing(List<Token> tokens) {
        for (int end = tokens.size(); end > 0; end--) {
            if (end < tokens.size()
                    && !MARKS.contains(tokens.get(end).plain())
                    && !tokens.get(end).is("and", "then", "y", "luego")) {
                continue;
            }
            boolean more = true;
            while (more && end > 0) {
                more = false;
                int length = closing(tokens, end);
                boolean comma =
                        end - length > 0 && MARKS.contains(tokens.get(end - length - 1).plain());
                if (length > 0 && (comma || !said(tokens, end - length))) {
                    if (end < tokens.size() && tokens.get(end).is("?")) {
                        tokens.remove(end);
                    }
                    tokens.subList(end - length, end).clear();
                    end -= length;
                    if (comma
                            && end > 0
                            && tokens.get(end - 1).is(",", "...", "…", "-", "—", "¿", "¡")) {
                        tokens.remove(end - 1);
                        end--;
                    }
                    more = true;
                }
            }
        }
    }

    /** How many tokens before end are a phrase of courtesy. */
    static int closing(List<Token> tokens, int end) {
        for (int begin = Math.max(0, end - 8); begin < end; begin++) {
            for (Phrase phrase : LEXICON.phrases(tokens.get(begin).plain())) {
                if (phrase.sense().concept().equals("POLITE")
                        && phrase.words().size() == end - begin
                        && matches(tokens, begin, phrase.words())) {
                    boolean side =
                            tokens.get(begin).is("right")
                                    && begin > 0
                                    && LEXICON.means(tokens.get(begin - 1).plain(), "turn");
                    return side ? 1 : end - begin;
                }
            }
        }
        return end > 0 && single(tokens, end - 1, false) ? 1 : 0;
    }

    /** Whether a verb of saying stands before i in its clause, so that courtesy may be its text. */
    private static boolean said(List<Token> tokens, int i) {
        for (int k = i - 1; k >= 0; k--) {
            Token token = tokens.get(k);
            if (token.is(".", ";", "!", "?")) {
                return false;
            }
            boolean says =
                    token.isWord()
                            && LEXICON.senses(token.plain()).stream()
                                    .anyMatch(s ->
                                            s.concept().equals("say")
                                                    && !s.weak()
                                                    && s.form() == Lexicon.Form.VERB);
            if (says || token.kind() == Token.Kind.SPEECH) {
                return says;
            }
        }
        return false;
    }

    private static boolean matches(List<Token> tokens, int i, List<String> words) {
        if (i + words.size() > tokens.size()) {
            return false;
        }
        for (int k = 0; k < words.size(); k++) {
            if (!tokens.get(i + k).plain().equals(words.get(k))) {
                return false;
            }
        }
        return true;
    }
}
