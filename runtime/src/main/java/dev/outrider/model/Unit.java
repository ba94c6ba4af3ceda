package dev.outrider.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A unit of measure by its symbol, with its factor to the one of its dimension that the wire uses:
 * m, deg, s; {@link #COUNT} is a number of things.
 */
public enum Unit {
    METER("m", Dimension.LENGTH, 1),
    DECIMETER("dm", Dimension.LENGTH, 0.1),
    CENTIMETER("cm", Dimension.LENGTH, 0.01),
    MILLIMETER("mm", Dimension.LENGTH, 0.001),
    KILOMETER("km", Dimension.LENGTH, 1000),
    /** The international foot of 1959: exactly 0.3048 m. */
    FOOT("ft", Dimension.LENGTH, 0.3048),
    INCH("in", Dimension.LENGTH, 0.0254),
    YARD("yd", Dimension.LENGTH, 0.9144),
    /** The international mile of 1959: 1760 yards. */
    MILE("mi", Dimension.LENGTH, 1609.344),
    DEGREE("deg", Dimension.ANGLE, 1),
    RADIAN("rad", Dimension.ANGLE, 180 / Math.PI),
    TURN("turn", Dimension.ANGLE, 360),
    SECOND("s", Dimension.TIME, 1),
    MILLISECOND("ms", Dimension.TIME, 0.001),
    MINUTE("min", Dimension.TIME, 60),
    HOUR("h", Dimension.TIME, 3600),
    COUNT("", Dimension.NUMBER, 1),
    PERCENT("%", Dimension.RATIO, 1),
    LITER("l", Dimension.VOLUME, 1),
    MILLILITER("ml", Dimension.VOLUME, 0.001),
    KILOGRAM("kg", Dimension.MASS, 1),
    GRAM("g", Dimension.MASS, 0.001),
    CELSIUS("C", Dimension.TEMPERATURE, 1);

    /** What a unit measures. */
    public enum Dimension {
        LENGTH,
        ANGLE,
        TIME,
        NUMBER,
        RATIO,
        VOLUME,
        MASS,
        TEMPERATURE
    }

    private final String symbol;
    private final Dimension dimension;
    private final double factor;

    Unit(String symbol, Dimension dimension, double factor) {
        this.symbol = symbol;
        this.dimension = dimension;
        this.factor = factor;
    }

    public String symbol() {
        return symbol;
    }

    public Dimension dimension() {
        return dimension;
    }

    /** How many of the dimension's first unit it is. */
    public double factor() {
        return factor;
    }

    /** The number in this unit as a number in the other, which measures the same dimension. */
    public double convert(double number, Unit to) {
        if (to.dimension != dimension) {
            throw new IllegalArgumentException(symbol + " is not convertible to " + to.symbol);
        }
        return number * factor / to.factor;
    }

    /** The unit of that symbol, in any case, or empty. */
    public static Optional<Unit> ofSymbol(String symbol) {
        String wanted = "°".equals(symbol) ? "deg" : symbol.toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(u -> u.symbol.equalsIgnoreCase(wanted)).findFirst();
    }
}
