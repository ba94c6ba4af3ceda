package dev.outrider.kernel;

import dev.outrider.model.ErrorCode;
import dev.outrider.model.Parameter;
import dev.outrider.model.Unit;
import dev.outrider.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The gate's rules for a single argument: type, unit and limits. */
final class ArgumentRules {

    private static final Pattern NUMBER_WITH_UNIT =
            Pattern.compile("\\s*([-+]?\\d{1,9}(?:\\.\\d{1,9})?)\\s*(\\p{L}{1,16}|°|%)\\s*");

    private ArgumentRules() {}

    /** The value in the form the parameter declares: a number in its unit, or text. */
    static Value checked(String path, Value value, Parameter parameter) throws Violation {
        return switch (parameter) {
            case Parameter.Range range -> inRange(path, number(path, value, range.unit()), range);
            case Parameter.Choice(List<String> choices) -> chosen(path, text(path, value), choices);
            case Parameter.FreeText(int maxLength) -> bounded(path, text(path, value), maxLength);
        };
    }

    private static double number(String path, Value value, Unit unit) throws Violation {
        return switch (value) {
            case Value.Quantity(double number) -> number;
            case Value.Text(String text) -> measured(path, text, unit);
            case Value.Unsupported(String kind) ->
                    throw notA("number in " + unit.symbol(), path, kind);
        };
    }

    private static double measured(String path, String text, Unit unit) throws Violation {
        Matcher matcher = NUMBER_WITH_UNIT.matcher(text);
        if (!matcher.matches()) {
            throw notA("number in " + unit.symbol(), path, "\"" + shortened(text) + "\"");
        }
        Optional<Unit> said =
                Unit.ofSymbol(matcher.group(2)).filter(u -> u.dimension() == unit.dimension());
        if (said.isEmpty()) {
            throw new Violation(
                    ErrorCode.UNIT_UNKNOWN,
                    path + " in " + unit.symbol(),
                    path + " is given in " + matcher.group(2) + ", which is no unit of its kind");
        }
        return said.get().convert(Double.parseDouble(matcher.group(1)), unit);
    }

    private static Value inRange(String path, double number, Parameter.Range range)
            throws Violation {
        if (!(number >= range.min() && number <= range.max())) {
            String unit = range.unit().symbol();
            throw new Violation(
                    ErrorCode.PARAMETER_OUT_OF_RANGE,
                    path + " within " + plain(range.min()) + ".." + plain(range.max()) + " " + unit,
                    path + " is " + plain(number) + " " + unit);
        }
        return new Value.Quantity(number);
    }

    private static Value chosen(String path, String text, List<String> choices) throws Violation {
        for (String choice : choices) {
            if (choice.equalsIgnoreCase(text.strip())) {
                return new Value.Text(choice);
            }
        }
        throw new Violation(
                ErrorCode.PARAMETER_OUT_OF_RANGE,
                path + " one of " + String.join(", ", choices),
                path + " is \"" + shortened(text) + "\"");
    }

    private static Value bounded(String path, String text, int maxLength) throws Violation {
        if (text.isBlank() || text.length() > maxLength) {
            throw new Violation(
                    ErrorCode.PARAMETER_OUT_OF_RANGE,
                    path + " of 1.." + maxLength + " characters",
                    path + " has " + text.strip().length() + " characters");
        }
        return new Value.Text(text);
    }

    private static String text(String path, Value value) throws Violation {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Quantity quantity -> throw notA("text", path, "the number " + quantity);
            case Value.Unsupported(String kind) -> throw notA("text", path, kind);
        };
    }

    private static Violation notA(String wanted, String path, String given) {
        return new Violation(
                ErrorCode.PARAMETER_TYPE,
                path + " is a " + wanted,
                path + " is " + given + ", not a " + wanted);
    }

    private static String plain(double number) {
        return new Value.Quantity(number).toString();
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
