package dev.outrider.reason.language;

import dev.outrider.model.Unit;
import dev.outrider.reason.language.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Numbers and measures in a sentence, as digits or words, read into {@link Kind#NUMBER} and {@link
 * Kind#QUANTITY} tokens: "two and a half feet" is 2.5 ft, "un minuto y medio" 1.5 min, "half a
 * turn" 0.5 turns.
 */
final class Quantities {

    /** Units so short or common as words that only a number right before makes them one. */
    private static final Set<String> ONLY_AFTER_NUMBER =
            Set.of("m", "s", "h", "l", "g", "min", "mins", "ft", "sec", "in", "turn", "rotation");

    private final List<Token> in;
    private final UnitPhrases units;
    private final NumberPhrases numbers;
    private final List<Token> out = new ArrayList<>();

    private Quantities(List<Token> in, Language language) {
        this.in = in;
        this.units = new UnitPhrases(in);
        this.numbers = new NumberPhrases(in, language, units);
    }

    /** The tokens with every number and measure read. */
    static List<Token> read(List<Token> tokens, Language language) {
        return new Quantities(tokens, language).read();
    }

    private List<Token> read() {
        int i = 0;
        while (i < in.size()) {
            int next = measure(i);
            if (next < 0) {
                out.add(in.get(i));
                i++;
            } else {
                i = next;
            }
        }
        return out;
    }

    /** Reads a measure that begins at i onto the output; the index after it, or -1. */
    private int measure(int i) {
        Token first = in.get(i);
        int idiom = idiom(i);
        if (idiom > 0) {
            return idiom;
        }
        if (first.isWord() && i > 0 && in.get(i - 1).is("the", "el", "la") && first.is("second")) {
            return -1;
        }
        NumberPhrases.Phrase number = numbers.number(i);
        if (number != null) {
            int at = units.skipJoint(number.end());
            Unit unit = units.unitAt(at);
            if (unit == null
                    && units.isOf(at)
                    && units.unitAt(units.skipArticle(at + 1)) != null
                    && number.value() < 1) {
                at = units.skipArticle(at + 1);
                unit = units.unitAt(at);
            }
            if (unit == null
                    && first.isWord()
                    && number.value() < 1
                    && units.unitAt(units.skipArticle(at)) != null) {
                at = units.skipArticle(at);
                unit = units.unitAt(at);
            }
            if (unit == null) {
                if ((Numerals.isArticle(first)
                                && number.value() < 2
                                && (number.value() < 1 || !first.is("one", "un", "uno")))
                        || (number.value() == 1 && first.isWord())) {
                    return -1;
                }
                if (first.isWord()
                        && Numerals.part(first.plain()) != null
                        && !first.is("half", "medio", "media")) {
                    return -1;
                }
                if (first.is("media", "medio", "half") && number.end() == i + 1) {
                    return turnPart(i, number);
                }
                Token plain = Token.quantity(number.value(), null, first.spaced());
                out.add(
                        number.end() == i + 1
                                        && first.kind() == Kind.NUMBER
                                        && !first.text().contains(",")
                                        && first.text().matches("-?\\d+(\\.\\d+)?")
                                ? first
                                : plain);
                return number.end();
            }
            return withUnit(i, number.value(), unit, units.unitEnd(at));
        }
        // "metro y medio", "hora y media": a unit without a number before it
        Unit unit = first.isWord() ? Numerals.unit(first.plain()) : null;
        if (unit != null && !ONLY_AFTER_NUMBER.contains(first.plain())) {
            double half = tail(i + 1);
            if (half > 0) {
                out.add(Token.quantity(1 + half, unit, first.spaced()));
                return numbers.tailEnd(i + 1);
            }
        }
        return -1;
    }

    /** "a right angle", "do a one-eighty", "haz un 360": turns that are told by their number. */
    private int idiom(int i) {
        Token first = in.get(i);
        boolean article = Numerals.isArticle(first);
        int at = article ? i + 1 : i;
        if (at + 1 < in.size()
                && ((in.get(at).is("right") && in.get(at + 1).is("angle"))
                        || (in.get(at).is("angulo") && in.get(at + 1).is("recto")))) {
            out.add(Token.quantity(90, Unit.DEGREE, first.spaced()));
            return at + 2;
        }
        boolean fullTurn =
                i + 1 < in.size()
                        && ((first.is("full", "complete", "whole", "entire")
                                        && in.get(i + 1)
                                                .is(
                                                        "turn",
                                                        "rotation",
                                                        "spin",
                                                        "circle",
                                                        "revolution",
                                                        "360"))
                                || (first.is("vuelta", "giro", "rotacion")
                                        && in.get(i + 1)
                                                .is("completa", "entera", "completo", "entero")));
        if (fullTurn) {
            out.add(Token.quantity(360, Unit.DEGREE, first.spaced()));
            return i + 2;
        }
        if (article && !first.is("one") && at < in.size() && units.unitAt(at) == null) {
            NumberPhrases.Phrase number =
                    in.get(at).kind() == Kind.NUMBER || in.get(at).isWord()
                            ? numbers.number(at)
                            : null;
            boolean ends =
                    number != null
                            && (number.end() >= in.size()
                                    || units.unitAt(units.skipJoint(number.end())) == null);
            if (number != null
                    && ends
                    && Set.of(90.0, 180.0, 270.0, 360.0, 720.0).contains(number.value())) {
                out.add(Token.quantity(number.value(), Unit.DEGREE, first.spaced()));
                int end = number.end();
                return end < in.size() && in.get(end).is("turn", "spin", "rotation")
                        ? end + 1
                        : end;
            }
        }
        return -1;
    }

    /** "media vuelta" and "half turn", where the part has no article and turn is no unit. */
    private int turnPart(int i, NumberPhrases.Phrase number) {
        if (number.end() < in.size()
                && in.get(number.end())
                        .is("vuelta", "turn", "giro", "rotation", "circle", "spin")) {
            out.add(Token.quantity(number.value() * 360, Unit.DEGREE, in.get(i).spaced()));
            return number.end() + 1;
        }
        return -1;
    }

    private int withUnit(int begin, double number, Unit unit, int end) {
        double value = number;
        int next = end;
        double half = tail(next);
        if (half > 0) {
            value += half;
            next = numbers.tailEnd(next);
        }
        Unit smallest = unit;
        while (true) {
            // "1 minute and 30 seconds", "dos metros cincuenta"
            int at = next < in.size() && in.get(next).is("and", "y", "con") ? next + 1 : next;
            NumberPhrases.Phrase more =
                    at < in.size() && !Numerals.isArticle(in.get(at)) ? numbers.number(at) : null;
            if (more == null || (more.value() < 0)) {
                break;
            }
            int place = units.skipJoint(more.end());
            Unit lesser = units.unitAt(place);
            if (lesser != null) {
                if (lesser.dimension() != smallest.dimension()
                        || lesser.factor() >= smallest.factor()) {
                    break;
                }
                value += lesser.convert(more.value(), unit);
                smallest = lesser;
                next = units.unitEnd(place);
            } else if (at == next
                    && unit == smallest
                    && value == Math.rint(value)
                    && more.value() == Math.rint(more.value())
                    && more.value() >= 5
                    && ((unit == Unit.METER && more.value() < 100)
                            || ((unit == Unit.MINUTE || unit == Unit.HOUR) && more.value() < 60))
                    && (more.end() >= in.size() || !in.get(more.end()).is("times", "veces", "x"))) {
                value += more.value() / (unit == Unit.METER ? 100 : 60);
                next = more.end();
                break;
            } else {
                break;
            }
        }
        out.add(
                unit == Unit.TURN
                        ? Token.quantity(value * 360, Unit.DEGREE, in.get(begin).spaced())
                        : Token.quantity(value, unit, in.get(begin).spaced()));
        return next;
    }

    /** What "and a half", "y media", "and a quarter" add, or 0. */
    private double tail(int i) {
        if (i + 1 < in.size() && in.get(i).is("and", "y")) {
            int at = i + 1;
            if (in.get(at).is("a", "un", "one", "una") && at + 1 < in.size()) {
                at++;
            }
            Double part = Numerals.part(in.get(at).plain());
            int next = units.skipArticle(units.isOf(at + 1) ? at + 2 : at + 1);
            boolean bare =
                    next >= in.size()
                            || (units.unitAt(next) == null && !in.get(next).is("turn", "vuelta"));
            return part == null || !bare || !in.get(at).isWord() ? 0 : part;
        }
        return 0;
    }
}
