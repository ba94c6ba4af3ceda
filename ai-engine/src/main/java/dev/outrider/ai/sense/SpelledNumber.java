package dev.outrider.ai.sense;

/** Whole numbers below a million in words. */
final class SpelledNumber {
    private static final String[] ENGLISH =
            ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
                            + " fifteen sixteen seventeen eighteen nineteen")
                    .split(" ");
    private static final String[] ENGLISH_TENS =
            "- ten twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
    private static final String[] SPANISH =
            ("cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce"
                            + " quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno"
                            + " veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete"
                            + " veintiocho veintinueve")
                    .split(" ");
    private static final String[] SPANISH_TENS =
            "- diez veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa".split(" ");
    private static final String[] SPANISH_HUNDREDS =
            ("- ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos"
                            + " ochocientos novecientos")
                    .split(" ");

    private SpelledNumber() {}

    static String of(int number, boolean spanish) {
        return spanish ? spanish(number) : english(number);
    }

    private static String english(int n) {
        if (n < 20) {
            return ENGLISH[n];
        }
        if (n < 100) {
            return joined(ENGLISH_TENS[n / 10], n % 10 == 0 ? "" : ENGLISH[n % 10]);
        }
        int unit = n < 1000 ? 100 : 1000;
        return joined(
                english(n / unit) + (n < 1000 ? " hundred" : " thousand"),
                n % unit == 0 ? "" : english(n % unit));
    }

    private static String spanish(int n) {
        if (n < 30) {
            return SPANISH[n];
        }
        if (n < 100) {
            return SPANISH_TENS[n / 10] + (n % 10 == 0 ? "" : " y " + SPANISH[n % 10]);
        }
        if (n == 100) {
            return "cien";
        }
        if (n < 1000) {
            return joined(SPANISH_HUNDREDS[n / 100], n % 100 == 0 ? "" : spanish(n % 100));
        }
        var thousands = n < 2000 ? "mil" : spanish(n / 1000) + " mil";
        return joined(thousands, n % 1000 == 0 ? "" : spanish(n % 1000));
    }

    private static String joined(String first, String second) {
        return second.isEmpty() ? first : first + " " + second;
    }
}
