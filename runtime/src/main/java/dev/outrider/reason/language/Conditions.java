package dev.outrider.reason.language;

import dev.outrider.model.Condition;
import dev.outrider.model.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Conditions on the battery: "if it is below 30 %", "con menos de la mitad de batería". */
final class Conditions {

    private static final Set<String> AROUND_IT = Words.of("around a charge");
    private static final Set<String> YOURS = Words.of("yours");

    private Conditions() {}

    /**
     * Takes a condition off the front of a piece.
     *
     * @param known the percentage of the condition before, or NaN
     * @param spoken whether the battery was spoken of before
     * @return null if the piece begins with none; it is unchanged then
     */
    static @Nullable Condition read(Piece piece, double known, boolean spoken) {
        boolean battery = false;
        boolean named = false;
        boolean asks = piece.conditional || piece.question;
        boolean with = !piece.isEmpty() && piece.items.getFirst().word("with", "con");
        Boolean below = null;
        double percent = Double.NaN;
        int end = 0;
        int i = 0;
        List<Item> items = piece.items;
        for (; i < items.size(); i++) {
            Item item = items.get(i);
            Token token = item.token();
            boolean done = below != null && !Double.isNaN(percent) && (battery || spoken || asks);
            boolean deed = item.word("charge") && i > 0 && items.get(i - 1).word("go", "to", "and");
            if (deed) {
                end = items.get(i - 1).word("go") ? i - 1 : end;
                break;
            }
            if (item.is("BATTERY")
                    && (!done
                            || !named
                            || (i > 0
                                    && (items.get(i - 1).token().isNumeric()
                                            || items.get(i - 1).word("of", "de", "la"))))) {
                battery = true;
                named = true;
            } else if (token.unit() == Unit.PERCENT && Double.isNaN(percent)) {
                percent = token.number();
                battery |= asks || with;
            } else if (token.kind() == Token.Kind.NUMBER && Double.isNaN(percent)) {
                percent = token.number();
            } else if (Double.isNaN(percent)
                    && item.word(
                            "half", "mitad", "media", "medio", "quarter", "cuarto", "third",
                            "tercio")) {
                percent =
                        item.word("half", "mitad", "media", "medio")
                                ? 50
                                : item.word("quarter", "cuarto") ? 25 : 33;
            } else if (!done
                    && (item.is("BELOW") || item.is("ABOVE") || above(items, i))
                    && below == null) {
                below = item.is("BELOW");
            } else if (item.is("BELOW") || item.is("ABOVE")) {
                if (done) {
                    break;
                }
                below = below == null ? item.is("BELOW") : below;
            } else if (!AROUND_IT.contains(token.plain())) {
                break;
            } else if (done && !tail(items, i)) {
                break;
            }
            end = i + 1;
        }
        if (below == null) {
            return null;
        }
        boolean opens =
                !items.isEmpty()
                        && items.stream()
                                .limit(items.getFirst().word("por", "at", "al") ? 2 : 1)
                                .anyMatch(o -> o.is("BELOW") || o.is("ABOVE"));
        if (Double.isNaN(percent)
                && !Double.isNaN(known)
                && (asks || battery || with || (spoken && opens))) {
            percent = known;
            battery = true;
        }
        boolean applies = battery || (spoken && (asks || opens)) || (asks && ofYours(items, end));
        if (Double.isNaN(percent) || percent < 0 || percent > 100 || !applies) {
            return null;
        }
        List<Item> rest = new ArrayList<>(items.subList(end, items.size()));
        items.clear();
        items.addAll(rest);
        return below ? new Condition.BatteryBelow(percent) : new Condition.BatteryAbove(percent);
    }

    /** "if you have less than 20": of what the robot has there is only its charge to ask for. */
    private static boolean ofYours(List<Item> items, int end) {
        boolean yours = items.subList(0, end).stream().anyMatch(i -> i.word(YOURS));
        return yours && (end == items.size() || items.get(end).isVerb());
    }

    /** "arriba de 40": up of a number is above it. */
    private static boolean above(List<Item> items, int i) {
        return items.get(i).word("arriba")
                && i + 1 < items.size()
                && items.get(i + 1).word("de", "del");
    }

    /** Whether more of the condition follows: "over 60 battery", "30 % of your charge". */
    private static boolean tail(List<Item> items, int i) {
        for (int k = i; k < Math.min(items.size(), i + 4); k++) {
            Item item = items.get(k);
            if (item.is("BATTERY")
                    || item.word("left", "remaining", "restante", "percent", "ciento")) {
                return true;
            }
            if (!AROUND_IT.contains(item.token().plain())) {
                return false;
            }
        }
        return false;
    }

    static double bound(Condition condition) {
        return switch (condition) {
            case Condition.BatteryBelow(double percent) -> percent;
            case Condition.BatteryAbove(double percent) -> percent;
            case Condition.Always() -> Double.NaN;
            case Condition.Found(String words) -> Double.NaN;
            case Condition.NotFound(String words) -> Double.NaN;
        };
    }

    static Condition opposite(Condition condition) {
        return switch (condition) {
            case Condition.BatteryBelow(double percent) -> new Condition.BatteryAbove(percent);
            case Condition.BatteryAbove(double percent) -> new Condition.BatteryBelow(percent);
            case Condition.Found(String words) -> new Condition.NotFound(words);
            case Condition.NotFound(String words) -> new Condition.Found(words);
            case Condition.Always() -> condition;
        };
    }
}
