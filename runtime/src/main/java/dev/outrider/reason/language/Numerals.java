package dev.outrider.reason.language;

import dev.outrider.model.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words, digits and signs that numbers, parts and units are written with. */
final class Numerals {

    private static final Pattern THOUSANDS =
            Pattern.compile("-?\\d{1,3}(?:,\\d{3})+|-?\\d{1,3}(?:\\.\\d{3}){2,}");

    /** Number words up to nine hundred, by language. */
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
