package dev.outrider.hal.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The world's end of a line of the rig's simulated GPIO chip (gpio-sim). */
public record SimulatedLine(int offset) {

    /** The chip's label, as on a Raspberry Pi 5. */
    public static final String CHIP = "pinctrl-rp1";

    static final String RIG = "OUTRIDER_RIG";

    private Path file(String name) {
        return Path.of(Objects.requireNonNull(System.getenv(RIG)), "sim_gpio" + offset, name);
    }

    /** What the line is driven to. */
    public boolean value() {
        try {
            return Files.readString(file("value")).strip().equals("1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pulls the line from outside. */
    public void pull(boolean up) {
        try {
            Files.writeString(file("pull"), up ? "pull-up" : "pull-down");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
