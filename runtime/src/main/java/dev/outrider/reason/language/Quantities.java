package dev.outrider.reason.language;

import dev.outrider.model.Unit;
import dev.outrider.reason.language.Token.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Numbers and measures in a sentence, as digits or words, read into {@link Kind#NUMBER} and {@link
 * Kind#QUANTITY} tokens: "two and a half feet" is 2.5 ft, "un minuto y medio" 1.5 min, "half a
 * turn" 0.5 turns.
 */
final class Quantities {

    private static final Pattern THOUSANDS =
            Pattern.compile("-?\\d{1,3}(?:,\\d{3})+|-?\\d{1,3}(?:\\.\\d{3}){2,}");

    private record Phrase(double value, int end) {}

    private static final Map<Language, Map<String, Integer>> SMALL =
            Map.of(
                    Language.EN,
                    table(
                            "zero=0 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10"
                                    + " eleven=11 twelve=12 thirteen=13 fourteen=14 fifteen=15"
                                    + " sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20"
                                    + " thirty=30 forty=40 fourty=40 fifty=50 sixty=60 seventy=70"
                                    + " eighty=80 ninety=90 one=1"),
                    Language.ES,
                    table(
                            "cero=0 dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9"
                                    + " diez=10 once=11 doce=12 trece=13 catorce=14 quince=15"
                                    + " dieciseis=16 diecisiete=17 dieciocho=18 diecinueve=19"
                                    + " veinte=20 veintiuno=21 veintiun=21 veintiuna=21 veintidos=22"
                                    + " veintitres=23 veinticuatro=24 veinticinco=25 veintiseis=26"
                                    + " veintisiete=27 veintiocho=28 veintinueve=29 treinta=30"
                                    + " cuarenta=40 cincuenta=50 sesenta=60 setenta=70 ochenta=80"
                                    + " noventa=90 uno=1 un=1 una=1 cien=100 ciento=100 doscientos=200"
                                    + " doscientas=200 trescientos=300 trescientas=300"
                                    + " cuatrocientos=400 quinientos=500 seiscientos=600"
                                    + " setecientos=700 ochocientos=800 novecientos=900"));

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

    private static final Map<String, Unit> UNITS =
            units(
                    "METER m mt mts mtr mtrs meter meters metre metres metro metros; DECIMETER dm"
                            + " decimeter decimeters decimetre decimetres decimetro decimetros;"
                            + " CENTIMETER cm cms centimeter centimeters centimetre centimetres"
                            + " centimetro centimetros; MILLIMETER mm millimeter millimeters millimetre"
                            + " millimetres milimetro milimetros; KILOMETER km kms kilometer kilometers"
                            + " kilometre kilometres kilometro kilometros; FOOT ft foot feet pie pies;"
                            + " INCH inch inches pulgada pulgadas; YARD yd yds yard yards yarda yardas;"
                            + " MILE mile miles milla millas; DEGREE ° º deg degs degree degrees grado"
                            + " grados; RADIAN rad rads radian radians radianes; TURN turns revolution"
                            + " revolutions rotations vueltas revoluciones giros; SECOND s sec secs"
                            + " second seconds seg segs segundo segundos segundito segunditos;"
                            + " MILLISECOND ms millisecond milliseconds milisegundo milisegundos;"
                            + " MINUTE min mins minute minutes minuto minutos minutito minutitos; HOUR"
                            + " h hr hrs hour hours hora horas; PERCENT % percent pct porciento;"
                            + " MILLILITER ml milliliter milliliters millilitre millilitres mililitro"
                            + " mililitros; LITER l liter liters litre litres litro litros; GRAM g gr"
                            + " gram grams gramo gramos; KILOGRAM kg kgs kilo kilos kilogram kilograms"
                            + " kilogramo kilogramos");

    /** Units so short or common as words that only a number right before makes them one. */
    private static final Set<String> ONLY_AFTER_NUMBER =
            Set.of("m", "s", "h", "l", "g", "min", "mins", "ft", "sec", "in", "turn", "rotation");

    private static final Set<String> OPENERS =
            Set.of("a", "an", "one", "un", "una", "another", "otro", "otra");

    private final List<Token> in;
    private final Language language;
    private final List<Token> out = new ArrayList<>();

    private Quantities(List<Token> in, Language language) {
        this.in = in;
        this.language = language;
    }

    /** The tokens with every number and measure read. */
    static List<Token> read(List<Token> tokens, Language language) {
        return new Quantities(tokens, language).read();
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
        Phrase number = number(i);
        if (number != null) {
            int at = skipJoint(number.end);
            Unit unit = unitAt(at);
            if (unit == null
                    && isOf(at)
                    && unitAt(skipArticle(at + 1)) != null
                    && number.value < 1) {
                at = skipArticle(at + 1);
                unit = unitAt(at);
            }
            if (unit == null
                    && first.isWord()
                    && number.value < 1
                    && unitAt(skipArticle(at)) != null) {
                at = skipArticle(at);
                unit = unitAt(at);
            }
            if (unit == null) {
                if ((isArticle(first)
                                && number.value < 2
                                && (number.value < 1 || !first.is("one", "un", "uno")))
                        || (number.value == 1 && first.isWord())) {
                    return -1;
                }
                if (first.isWord()
                        && PARTS.containsKey(first.plain())
                        && !first.is("half", "medio", "media")) {
                    return -1;
                }
                if (first.is("media", "medio", "half") && number.end == i + 1) {
                    return turnPart(i, number);
                }
                Token plain = Token.quantity(number.value, null, first.spaced());
                out.add(
                        number.end == i + 1
                                        && first.kind() == Kind.NUMBER
                                        && !first.text().contains(",")
                                        && first.text().matches("-?\\d+(\\.\\d+)?")
                                ? first
                                : plain);
                return number.end;
            }
            return withUnit(i, number.value, unit, unitEnd(at));
        }
        // "metro y medio", "hora y media": a unit without a number before it
        if (first.isWord()
                && UNITS.containsKey(first.plain())
                && !ONLY_AFTER_NUMBER.contains(first.plain())) {
            double half = tail(i + 1);
            if (half > 0) {
                out.add(Token.quantity(1 + half, UNITS.get(first.plain()), first.spaced()));
                return tailEnd(i + 1);
            }
        }
        return -1;
    }

    /** "a right angle", "do a one-eighty", "haz un 360": turns that are told by their number. */
    private int idiom(int i) {
        Token first = in.get(i);
        boolean article = isArticle(first);
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
        if (article && !first.is("one") && at < in.size() && unitAt(at) == null) {
            Phrase number =
                    in.get(at).kind() == Kind.NUMBER || in.get(at).isWord() ? number(at) : null;
            boolean ends =
                    number != null
                            && (number.end >= in.size() || unitAt(skipJoint(number.end)) == null);
            if (number != null
                    && ends
                    && Set.of(90.0, 180.0, 270.0, 360.0, 720.0).contains(number.value)) {
                out.add(Token.quantity(number.value, Unit.DEGREE, first.spaced()));
                int end = number.end;
                return end < in.size() && in.get(end).is("turn", "spin", "rotation")
                        ? end + 1
                        : end;
            }
        }
        return -1;
    }

    /** "media vuelta" and "half turn", where the part has no article and turn is no unit. */
    private int turnPart(int i, Phrase number) {
        if (number.end < in.size()
                && in.get(number.end).is("vuelta", "turn", "giro", "rotation", "circle", "spin")) {
            out.add(Token.quantity(number.value * 360, Unit.DEGREE, in.get(i).spaced()));
            return number.end + 1;
        }
        return -1;
    }

    private int withUnit(int begin, double number, Unit unit, int end) {
        double value = number;
        int next = end;
        double half = tail(next);
        if (half > 0) {
            value += half;
            next = tailEnd(next);
        }
        Unit smallest = unit;
        while (true) {
            // "1 minute and 30 seconds", "dos metros cincuenta"
            int at = next < in.size() && in.get(next).is("and", "y", "con") ? next + 1 : next;
            Phrase more = at < in.size() && !isArticle(in.get(at)) ? number(at) : null;
            if (more == null || (more.value < 0)) {
                break;
            }
            int place = skipJoint(more.end);
            Unit lesser = unitAt(place);
            if (lesser != null) {
                if (lesser.dimension() != smallest.dimension()
                        || lesser.factor() >= smallest.factor()) {
                    break;
                }
                value += lesser.convert(more.value, unit);
                smallest = lesser;
                next = unitEnd(place);
            } else if (at == next
                    && unit == smallest
                    && value == Math.rint(value)
                    && more.value == Math.rint(more.value)
                    && more.value >= 5
                    && ((unit == Unit.METER && more.value < 100)
                            || ((unit == Unit.MINUTE || unit == Unit.HOUR) && more.value < 60))
                    && (more.end >= in.size() || !in.get(more.end).is("times", "veces", "x"))) {
                value += more.value / (unit == Unit.METER ? 100 : 60);
                next = more.end;
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
            Double part = PARTS.get(in.get(at).plain());
            int next = skipArticle(isOf(at + 1) ? at + 2 : at + 1);
            boolean bare =
                    next >= in.size()
                            || (unitAt(next) == null && !in.get(next).is("turn", "vuelta"));
            return part == null || !bare || !in.get(at).isWord() ? 0 : part;
        }
        return 0;
    }

    private int tailEnd(int i) {
        return in.get(i + 1).is("a", "un", "one", "una") ? i + 3 : i + 2;
    }

    private boolean isOf(int i) {
        return i < in.size()
                && in.get(i).is("of", "de", "por")
                && i + 1 < in.size()
                && !in.get(i).is("por");
    }

    private int skipArticle(int i) {
        return i < in.size() && in.get(i).is("a", "an", "un", "una") ? i + 1 : i;
    }

    private int skipJoint(int i) {
        return i < in.size() && in.get(i).is("-") && !in.get(i).spaced() ? i + 1 : i;
    }

    private static boolean isArticle(Token token) {
        return token.isWord() && OPENERS.contains(token.plain());
    }

    /** The unit that stands at i, or null. */
    private @Nullable Unit unitAt(int i) {
        if (i >= in.size() || i == 0) {
            return null;
        }
        Token token = in.get(i);
        if (token.kind() != Kind.WORD && token.kind() != Kind.MARK) {
            return null;
        }
        if (token.is("per", "por") && i + 1 < in.size() && in.get(i + 1).is("cent", "ciento")) {
            return Unit.PERCENT;
        }
        if (token.is("in", "\"", "″", "''")) {
            Token before = in.get(i - 1);
            boolean ends =
                    i + 1 >= in.size()
                            || in.get(i + 1).kind() == Kind.MARK
                            || in.get(i + 1)
                                    .is(
                                            "forward",
                                            "forwards",
                                            "back",
                                            "backward",
                                            "backwards",
                                            "left",
                                            "right",
                                            "ahead",
                                            "up",
                                            "and",
                                            "then");
            return before.kind() == Kind.NUMBER && ends ? Unit.INCH : null;
        }
        if (token.is("full", "complete", "whole", "entire") && i + 1 < in.size()) {
            Token after = in.get(i + 1);
            return after.is(
                            "turn",
                            "turns",
                            "rotation",
                            "rotations",
                            "spin",
                            "spins",
                            "circle",
                            "circles",
                            "revolution",
                            "revolutions")
                    ? Unit.TURN
                    : null;
        }
        if (token.is("turn", "rotation", "revolution", "vuelta", "circle", "spin", "giro")
                && turnPhrase(i)) {
            return Unit.TURN;
        }
        Unit unit = UNITS.get(token.plain());
        if (unit == Unit.TURN && !turnPhrase(i)) {
            return null;
        }
        return unit;
    }

    /**
     * A turn is a unit after a part of it, or where a number above one or "full" stands with it.
     */
    private boolean turnPhrase(int i) {
        for (int k = Math.max(0, i - 3); k < i; k++) {
            Token t = in.get(k);
            if ((t.isWord() && fraction(t.plain()) != null)
                    || (t.kind() == Kind.NUMBER && t.number() < 1)
                    || t.is("full", "complete", "/")) {
                return true;
            }
        }
        if (i + 1 < in.size()
                && in.get(i + 1)
                        .is(
                                "completa",
                                "entera",
                                "completas",
                                "enteras",
                                "completo",
                                "entero",
                                "completos")) {
            return true;
        }
        return in.get(i)
                .is("turns", "vueltas", "revolutions", "rotations", "giros", "revoluciones");
    }

    private int unitEnd(int i) {
        Token token = in.get(i);
        if (token.is("per", "por", "full", "complete", "whole", "entire")) {
            return i + 2;
        }
        if (token.is("deg") && i + 1 < in.size() && in.get(i + 1).is(".")) {
            return i + 2 < in.size() ? i + 2 : i + 1;
        }
        if (i + 1 < in.size()
                && in.get(i + 1)
                        .is(
                                "completa",
                                "entera",
                                "completas",
                                "enteras",
                                "completo",
                                "entero",
                                "completos")) {
            return i + 2;
        }
        return i + 1;
    }

    /** The number that begins at i, or null. */
    private @Nullable Phrase number(int i) {
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
            if (unitAt(after) != null && (after == i + 1 || unitAt(after) != Unit.TURN)) {
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
                end < in.size() && in.get(end).isWord() ? fraction(in.get(end).plain()) : null;
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
        Double part = PARTS.get(in.get(at).plain());
        return part == null ? 0 : part;
    }

    /** "half a", "three quarters of a", "un cuarto de", "a couple of", "media docena". */
    private @Nullable Phrase partAt(int i) {
        int at = i;
        double times = 1;
        boolean counted = false;
        if (isArticle(in.get(at)) && at + 1 < in.size()) {
            at++;
        } else {
            Phrase count = wordsAt(i);
            if (count != null
                    && count.end < in.size()
                    && fraction(in.get(count.end).plain()) != null
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
            return new Phrase(2, isOf(at + 1) ? at + 2 : at + 1);
        }
        if (token.is("dozen", "docena")) {
            return at > i ? new Phrase(12, isOf(at + 1) ? at + 2 : at + 1) : null;
        }
        if (token.is("hundred") && at > i) {
            return null;
        }
        Double part = fraction(token.plain());
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
                unitAt(skipArticle(skipJoint(end))) != null
                        || (isOf(end) && unitAt(skipArticle(end + 1)) != null)
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

    private static @Nullable Double fraction(String plain) {
        Double part = PARTS.get(plain);
        return part == null ? THIRDS.get(plain) : part;
    }

    private @Nullable Phrase wordsAt(int i) {
        Phrase first = wordsAt(i, language);
        return first != null || in.get(i).is("once", "ten", "un", "una", "uno", "one")
                ? first
                : wordsAt(i, language == Language.EN ? Language.ES : Language.EN);
    }

    private @Nullable Phrase wordsAt(int i, Language spoken) {
        Map<String, Integer> small = SMALL.getOrDefault(spoken, Map.of());
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
                    && isArticle(in.get(k))
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

    private static Map<String, Integer> table(String rows) {
        Map<String, Integer> table = new HashMap<>();
        for (String row : rows.split(" ", -1)) {
            String[] sides = row.split("=", 2);
            table.put(sides[0], Integer.valueOf(sides[1]));
        }
        return Map.copyOf(table);
    }

    private static Map<String, Unit> units(String rows) {
        Map<String, Unit> units = new HashMap<>();
        for (String row : rows.split("; ?", -1)) {
            String[] words = row.split(" ", -1);
            for (int i = 1; i < words.length; i++) {
                units.put(words[i], Unit.valueOf(words[0]));
            }
        }
        return Map.copyOf(units);
    }
}
