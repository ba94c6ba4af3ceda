package dev.outrider.reason.language;

import dev.outrider.model.Unit;
import dev.outrider.reason.language.Token.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as they stand in a sentence: "two hundred and ten", "3/4", "uno coma cinco", "half a".
 */
final class NumberPhrases {

    /**
     * A number.
     *
     * @param end the index after its last token
     */
    record Phrase(double value, int end) {}

    private final List<Token> in;
    private final Language language;
    private final UnitPhrases units;

    NumberPhrases(List<Token> in, Language language, UnitPhrases units) {
        this.in = in;
        this.language = language;
        this.units = units;
    }

    /** The number that begins at i, or null. */
    @Nullable Phrase number(int i) {
        Token token = in.get(i);
        if (token.kind() == Kind.NUMBER) {
            return digitsAt(i);
        }
        if (!token.isWord()) {
            return null;
        }
        if (token.is("pi", "π")) {
            return pi(i);
        }
        if (token.is("a", "an", "one", "un", "una")) {
            int after =
                    i + 1 < in.size()
                                    && in.get(i + 1)
                                            .is("full", "whole", "entire", "good", "single", "buen")
                            ? i + 2
                            : i + 1;
            if (units.unitAt(after) != null
                    && (after == i + 1 || units.unitAt(after) != Unit.TURN)) {
                return new Phrase(1, after);
            }
        }
        Phrase part = partAt(i);
        if (part != null) {
            return part;
        }
        Phrase words = wordsAt(i);
        if (words == null) {
            return null;
        }
        return mixed(decimal(words));
    }

    private Phrase pi(int i) {
        if (i + 2 < in.size() && in.get(i + 1).is("/", "over", "entre", "sobre")) {
            Phrase divisor = number(i + 2);
            if (divisor != null && divisor.value > 0) {
                return new Phrase(Math.PI / divisor.value, divisor.end);
            }
        }
        return new Phrase(Math.PI, i + 1);
    }

    private Phrase digitsAt(int i) {
        double value = in.get(i).number();
        int end = i + 1;
        if (end < in.size() && in.get(end).is("pi", "π")) {
            Phrase pi = pi(end);
            return new Phrase(value * pi.value, pi.end);
        }
        if (end + 1 < in.size()
                && in.get(end).is("/")
                && in.get(end + 1).kind() == Kind.NUMBER
                && in.get(end + 1).number() != 0) {
            return new Phrase(value / in.get(end + 1).number(), end + 2);
        }
        if (end < in.size()
                && in.get(end).kind() == Kind.NUMBER
                && in.get(end).text().length() == 1
                && !Character.isDigit(in.get(end).text().charAt(0))) {
            return new Phrase(value + in.get(end).number(), end + 1);
        }
        if (end + 2 < in.size()
                && in.get(end).kind() == Kind.NUMBER
                && in.get(end + 1).is("/")
                && in.get(end + 2).kind() == Kind.NUMBER
                && in.get(end + 2).number() != 0) {
            return new Phrase(value + in.get(end).number() / in.get(end + 2).number(), end + 3);
        }
        if (end < in.size()
                && in.get(end).is("hundred", "thousand", "mil", "k")
                && (in.get(end).spaced() || !in.get(end).is("k"))) {
            return new Phrase(value * (in.get(end).is("hundred") ? 100 : 1000), end + 1);
        }
        Double part =
                end < in.size() && in.get(end).isWord()
                        ? Numerals.fraction(in.get(end).plain())
                        : null;
        if (part != null && !in.get(end).is("half", "media", "medio", "mitad")) {
            return new Phrase(value * part, end + 1);
        }
        return mixed(new Phrase(value, end));
    }

    /** "two and a half", "dos y media" before a unit. */
    private Phrase mixed(Phrase whole) {
        double half = tailBeforeUnit(whole.end);
        return half > 0 ? new Phrase(whole.value + half, tailEnd(whole.end)) : whole;
    }

    private double tailBeforeUnit(int i) {
        if (i + 1 >= in.size() || !in.get(i).is("and", "y")) {
            return 0;
        }
        int at = in.get(i + 1).is("a", "un", "one", "una") ? i + 2 : i + 1;
        if (at >= in.size() || !in.get(at).isWord()) {
            return 0;
        }
        Double part = Numerals.part(in.get(at).plain());
        return part == null ? 0 : part;
    }

    /** The index after the "and a half" that begins at i. */
    int tailEnd(int i) {
        return in.get(i + 1).is("a", "un", "one", "una") ? i + 3 : i + 2;
    }

    /** "half a", "three quarters of a", "un cuarto de", "a couple of", "media docena". */
    private @Nullable Phrase partAt(int i) {
        int at = i;
        double times = 1;
        boolean counted = false;
        if (Numerals.isArticle(in.get(at)) && at + 1 < in.size()) {
            at++;
        } else {
            Phrase count = wordsAt(i);
            if (count != null
                    && count.end < in.size()
                    && Numerals.fraction(in.get(count.end).plain()) != null
                    && in.get(count.end).isWord()) {
                times = count.value;
                at = count.end;
                counted = true;
            }
        }
        Token token = in.get(at);
        if (!token.isWord()) {
            return null;
        }
        if (token.is("couple", "par", "pair") && at > i) {
            return new Phrase(2, units.isOf(at + 1) ? at + 2 : at + 1);
        }
        if (token.is("dozen", "docena")) {
            return at > i ? new Phrase(12, units.isOf(at + 1) ? at + 2 : at + 1) : null;
        }
        if (token.is("hundred") && at > i) {
            return null;
        }
        Double part = Numerals.fraction(token.plain());
        if (part == null || (!counted && token.plain().endsWith("s"))) {
            return null;
        }
        int end = at + 1;
        if (end < in.size()
                && in.get(end).is("dozen", "docena", "a")
                && (in.get(end).is("dozen", "docena")
                        || (end + 1 < in.size() && in.get(end + 1).is("dozen")))) {
            return new Phrase(6, in.get(end).is("a") ? end + 2 : end + 1);
        }
        boolean unitFollows =
                units.unitAt(units.skipArticle(units.skipJoint(end))) != null
                        || (units.isOf(end) && units.unitAt(units.skipArticle(end + 1)) != null)
                        || (end < in.size()
                                && in.get(end)
                                        .is(
                                                "turn",
                                                "vuelta",
                                                "giro",
                                                "rotation",
                                                "circle",
                                                "spin",
                                                "-"));
        boolean half = token.is("half", "medio", "media", "mitad") && at == i;
        if (!unitFollows && !half && !counted) {
            return null;
        }
        return new Phrase(times * part, end);
    }

    private @Nullable Phrase wordsAt(int i) {
        Phrase first = wordsAt(i, language);
        return first != null || in.get(i).is("once", "ten", "un", "una", "uno", "one")
                ? first
                : wordsAt(i, language == Language.EN ? Language.ES : Language.EN);
    }

    private @Nullable Phrase wordsAt(int i, Language spoken) {
        Map<String, Integer> small = Numerals.small(spoken);
        double total = 0;
        double group = 0;
        int last = Integer.MAX_VALUE;
        int end = i;
        int k = i;
        boolean any = false;
        while (k < in.size() && in.get(k).isWord()) {
            String word = in.get(k).plain();
            Integer value = small.get(word);
            if (spoken == Language.EN
                    && Numerals.isArticle(in.get(k))
                    && !any
                    && k + 1 < in.size()
                    && in.get(k + 1).is("hundred", "thousand")) {
                value = 1;
            }
            if (value != null && fits(value, last)) {
                group += value;
                last = value;
                any = true;
                k++;
            } else if (value != null
                    && spoken == Language.EN
                    && last < 10
                    && last > 0
                    && value >= 10
                    && value < 100
                    && value % 10 == 0
                    && group == last
                    && (group == 1 || group == 2 || group == 3)) {
                group = group * 100 + value;
                last = value;
                k++;
            } else if (any && word.equals("hundred")) {
                group *= 100;
                last = 100;
                k++;
            } else if ((word.equals("thousand") && any)
                    || (word.equals("mil") && spoken == Language.ES)) {
                total += (group == 0 ? 1 : group) * 1000;
                group = 0;
                last = 1000;
                any = true;
                k++;
            } else {
                break;
            }
            end = k;
            k = joined(k, last, small, spoken);
        }
        return any ? new Phrase(total + group, end) : null;
    }

    /** The index of the number word that "-", "and" or "y" joins on, or the same index. */
    private int joined(int k, int last, Map<String, Integer> small, Language spoken) {
        if (k + 1 >= in.size()) {
            return k;
        }
        Token joint = in.get(k);
        Integer next = small.get(in.get(k + 1).plain());
        if (next == null || in.get(k + 1).kind() != Kind.WORD) {
            return k;
        }
        boolean hyphen = joint.is("-") && !joint.spaced();
        boolean and =
                spoken == Language.EN
                        ? joint.is("and") && last >= 100
                        : joint.is("y") && last < 100 && last >= 20 && last % 10 == 0;
        return ((hyphen || and) && fits(next, last)) || (hyphen && last < 4) ? k + 1 : k;
    }

    private static boolean fits(int value, int last) {
        return last == Integer.MAX_VALUE
                || (last >= 1000 && value < 1000)
                || (last >= 100 && value < 100)
                || (last >= 20 && last < 100 && last % 10 == 0 && value < 10 && value > 0);
    }

    /** "two point five", "uno coma cinco". */
    private Phrase decimal(Phrase whole) {
        if (whole.end + 1 >= in.size() || !in.get(whole.end).is("point", "coma", "punto")) {
            return whole;
        }
        StringBuilder digits = new StringBuilder();
        int k = whole.end + 1;
        while (k < in.size()) {
            Token token = in.get(k);
            Phrase digit =
                    token.kind() == Kind.NUMBER
                            ? new Phrase(token.number(), k + 1)
                            : token.isWord() ? wordsAt(k) : null;
            if (digit == null
                    || digit.value != Math.rint(digit.value)
                    || digit.value < 0
                    || digits.length() > 4) {
                break;
            }
            digits.append((long) digit.value);
            k = digit.end;
        }
        return digits.isEmpty()
                ? whole
                : new Phrase(whole.value + Double.parseDouble("0." + digits), k);
    }
}
