package dev.outrider.reason.language;

import java.util.Locale;
import java.util.Set;

/**
 * What is said to a robot and orders nothing: questions, statements, conditions that say nothing.
 */
final class Talk {

    private static final String LOOKS =
            "check|look|see|mira|mire|comprueba|compruebe|revisa|revise|checa|ve|consulta|fijate|read";

    private static final Set<String> QUESTION_VERBS = Words.of("question verbs");

    private static final Set<String> YOU = Set.of("you", "tu", "vos", "usted", "ustedes", "robot");
    private static final Set<String> IDLE = Words.of("idle");

    private Talk() {}

    /** "check your battery:": what follows depends on it. */
    static boolean looksAtBattery(Piece piece) {
        return piece.has("BATTERY")
                && piece.items.getFirst().token().plain().matches(LOOKS)
                && piece.items.stream()
                        .allMatch(i ->
                                i.is("BATTERY")
                                        || !Clause.meaningful(i)
                                        || i.equals(piece.items.getFirst()));
    }

    /** "when you are ready": a condition that says nothing. */
    static boolean idle(Piece piece) {
        return piece.items.stream()
                .noneMatch(i ->
                        Clause.meaningful(i)
                                && !i.word(IDLE)
                                && !i.is("VAGUE")
                                && !i.is("DO")
                                && i.token().unit() == null);
    }

    /** Whether somebody asks something, and orders nothing. */
    static boolean isQuestion(Piece piece) {
        Item first = piece.items.getFirst();
        if (piece.question) {
            boolean me = first.word("me", "nos", "te", "le") && piece.items.size() > 1;
            return !me || past(piece);
        }
        boolean wish =
                first.word("que")
                        && !first.token().text().toLowerCase(Locale.ROOT).startsWith("qué")
                        && piece.items.size() > 1
                        && (piece.items.get(1).isVerb()
                                || piece.items
                                        .get(1)
                                        .word("la", "el", "los", "las", "te", "se", "no", "me"));
        if (first.is("WH") && !wish) {
            return true;
        }
        Item second = piece.items.size() > 1 ? piece.items.get(1) : first;
        boolean inverted =
                second.is("SUBJECT")
                        || YOU.contains(second.token().plain())
                        || second.word("the", "we", "any", "my", "your");
        return (first.token().isWord() && QUESTION_VERBS.contains(first.token().plain()))
                || (first.word("do", "have")
                        && ((second.is("SUBJECT") && !second.word("it", "that", "there"))
                                || YOU.contains(second.token().plain())
                                || second.word("we", "any")))
                || (first.word("will", "can", "could", "would", "should") && inverted);
    }

    private static boolean past(Piece piece) {
        return piece.items.stream()
                .anyMatch(i ->
                        !i.senses().isEmpty()
                                && i.senses().stream()
                                        .allMatch(s -> s.form() == Lexicon.Form.PAST));
    }

    /** "the plants are thirsty": how something is. */
    private static boolean describes(Piece piece) {
        boolean thing =
                piece.items
                        .getFirst()
                        .word(
                                "the", "my", "our", "el", "la", "los", "las", "mi", "mis",
                                "nuestro", "nuestra", "this", "that");
        for (int i = 1; thing && i < Math.min(4, piece.items.size()); i++) {
            if (piece.items.get(i).isOrder()) {
                return false;
            }
            if (piece.items.get(i).word("is", "are", "es", "son", "esta", "estan", "was")) {
                return i + 1 < piece.items.size();
            }
        }
        return false;
    }

    /** A statement: somebody else does something, or something was done. */
    static boolean tells(Piece piece) {
        Item opening = piece.items.getFirst();
        boolean owned =
                opening.word("my", "mi", "mis", "our", "nuestro", "nuestra")
                        && piece.items.stream()
                                .anyMatch(i -> i.word("is", "es", "are", "son", "was", "esta"));
        if (owned || describes(piece)) {
            return true;
        }
        for (int i = 0; i < piece.items.size(); i++) {
            Item item = piece.items.get(i);
            if (item.isOrder() && i == 0) {
                return false;
            }
            boolean head = item.isVerb() && !item.is("FREE") && item.names().isEmpty();
            if (item.is("SUBJECT")) {
                boolean want =
                        i + 1 < piece.items.size()
                                && piece.items
                                        .get(i + 1)
                                        .token()
                                        .plain()
                                        .matches("(?:want|need|like|quiero|necesito).*");
                boolean object =
                        (item.word("it") && i > 0 && piece.items.get(i - 1).isVerb())
                                || item.word(
                                        "el", "la", "lo", "there", "cat", "dog", "gente", "baby",
                                        "boss", "people", "kids");
                if (item.word("mi", "my")) {
                    boolean noun =
                            i == 0
                                    && piece.items.size() > 2
                                    && !piece.items.get(1).isVerb()
                                    && piece.items.get(2).isVerb();
                    if (noun) {
                        return true;
                    }
                    continue;
                }
                boolean accented = item.word("el") && item.token().text().equals("él");
                if (!want && (!object || accented)) {
                    return true;
                }
                return false;
            }
            if (head) {
                boolean told = item.senses().stream().allMatch(s -> s.form() == Lexicon.Form.PAST);
                String text = item.token().text();
                boolean accent =
                        i == 0
                                && (text.endsWith("é") || text.endsWith("ó"))
                                && !text.endsWith("dé")
                                && text.length() > 3
                                && item.senses().stream()
                                        .anyMatch(s -> s.language() == Language.ES);
                return told || (accent && text.endsWith("ó"));
            }
            if (item.senses().stream().anyMatch(s -> s.form() == Lexicon.Form.PAST)
                    && item.senses().stream().allMatch(s -> s.form() == Lexicon.Form.PAST)) {
                return true;
            }
        }
        return false;
    }
}
