package dev.outrider.reason;

import dev.outrider.model.Unit;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The words for numbers, units and colours that literal commands use, in English and Spanish. */
final class Lexicon {

    private static final Pattern ACCENT = Pattern.compile("\\p{Mn}+");
    private static final Pattern DIGITS = Pattern.compile("[+-]?\\d{1,6}(?:[.,]\\d{1,6})?");
    private static final Pattern THOUSANDS = Pattern.compile("[+-]?\\d{1,3},\\d{3}");

    private static final Map<String, Double> NUMBERS =
            numbers(
                    """
                    half=0.5 half a=0.5 medio=0.5 media=0.5 a=1 an=1 one=1 un=1 una=1 uno=1
                    one and a half=1.5 two and a half=2.5 two=2 dos=2 three=3 tres=3 four=4 cuatro=4
                    five=5 cinco=5 six=6 seis=6 seven=7 siete=7 eight=8 ocho=8 nine=9 nueve=9 ten=10
                    diez=10 eleven=11 once=11 twelve=12 doce=12 fifteen=15 quince=15 twenty=20
                    veinte=20 thirty=30 treinta=30 forty=40 cuarenta=40 forty-five=45
                    cuarenta y cinco=45 fifty=50 cincuenta=50 sixty=60 sesenta=60 seventy=70
                    setenta=70 eighty=80 ochenta=80 ninety=90 noventa=90 a hundred=100
                    one hundred=100 cien=100 one hundred and eighty=180 one hundred eighty=180
                    ciento ochenta=180
                    """);

    private static final Map<String, Unit> UNITS =
            units(
                    "m meter meters metre metres metro metros = METER;"
                            + "dm decimeter decimeters decimetro decimetros = DECIMETER;"
                            + "cm centimeter centimeters centimetre centimetres centimetro"
                            + " centimetros = CENTIMETER;"
                            + "mm millimeter millimeters millimetre millimetres milimetro"
                            + " milimetros = MILLIMETER;"
                            + "ft foot feet pie pies = FOOT;"
                            + "in inch inches pulgada pulgadas = INCH;"
                            + "° deg degree degrees grado grados = DEGREE;"
                            + "rad radian radians radianes = RADIAN;"
                            + "s sec second seconds segundo segundos = SECOND;"
                            + "min minute minutes minuto minutos = MINUTE");

    private static final Map<String, String> COLORS =
            Map.ofEntries(
                    Map.entry("rojo", "red"),
                    Map.entry("roja", "red"),
                    Map.entry("verde", "green"),
                    Map.entry("azul", "blue"),
                    Map.entry("amarillo", "yellow"),
                    Map.entry("amarilla", "yellow"),
                    Map.entry("blanco", "white"),
                    Map.entry("blanca", "white"),
                    Map.entry("naranja", "orange"),
                    Map.entry("morado", "purple"),
                    Map.entry("morada", "purple"),
                    Map.entry("apagado", "off"),
                    Map.entry("apagada", "off"));

    /** Any number this lexicon reads, as a regular expression without groups. */
    static final String NUMBER =
            "(?:[+-]?\\d+(?:[.,]\\d+)?|"
                    + NUMBERS.keySet().stream()
                            .sorted((a, b) -> b.length() - a.length())
                            .map(Pattern::quote)
                            .collect(Collectors.joining("|"))
                    + ")";

    private Lexicon() {}

    /** Lower case without accents and outer punctuation, single spaces: {@code gira 90 grados}. */
    static String plain(String text) {
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
        return ACCENT.matcher(decomposed)
                .replaceAll("")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[¡¿!?]", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }

    /** Number words that hold an "and" or "y" as digits, so that no clause ends inside them. */
    static String joined(String plain) {
        String joined = plain;
        for (Map.Entry<String, Double> number : NUMBERS.entrySet()) {
            if (number.getKey().contains(" and ") || number.getKey().contains(" y ")) {
                joined = joined.replace(number.getKey(), number.getValue().toString());
            }
        }
        return joined;
    }

    /** The number of those digits or words; empty if it is none, or could be read in two ways. */
    static OptionalDouble number(String words) {
        if (DIGITS.matcher(words).matches() && !THOUSANDS.matcher(words).matches()) {
            return OptionalDouble.of(Double.parseDouble(words.replace(',', '.')));
        }
        Double number = NUMBERS.get(words);
        return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    /** The unit of that word or symbol. */
    static Optional<Unit> unit(String word) {
        return Optional.ofNullable(UNITS.get(word));
    }

    /** The English name of a colour, as capabilities declare it. */
    static String color(String word) {
        return COLORS.getOrDefault(word, word);
    }

    private static Map<String, Double> numbers(String table) {
        Map<String, Double> numbers = new HashMap<>();
        var entry = Pattern.compile("([a-z][a-z -]*)=([0-9.]+)").matcher(table.replace('\n', ' '));
        while (entry.find()) {
            numbers.put(entry.group(1), Double.valueOf(entry.group(2)));
        }
        return Map.copyOf(numbers);
    }

    private static Map<String, Unit> units(String table) {
        Map<String, Unit> units = new HashMap<>();
        for (String row : table.split(";", -1)) {
            String[] sides = row.split("=", 2);
            for (String word : sides[0].strip().split(" ", -1)) {
                units.put(word, Unit.valueOf(sides[1].strip()));
            }
        }
        return Map.copyOf(units);
    }
}
