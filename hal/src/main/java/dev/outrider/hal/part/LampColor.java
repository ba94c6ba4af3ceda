package dev.outrider.hal.part;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The colours a lamp can show, and off. */
public enum LampColor {
    OFF,
    WHITE,
    RED,
    ORANGE,
    YELLOW,
    GREEN,
    CYAN,
    BLUE,
    PURPLE;

    /** The colour with that English name in any case, if there is one. */
    public static Optional<LampColor> named(String name) {
        String wanted = name.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(values()).filter(color -> color.name().equals(wanted)).findFirst();
    }
}
