package dev.outrider.hal.safety;

import dev.outrider.hal.linux.GpioChip;
import dev.outrider.hal.linux.GpioOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What an output is left at when the process that drove it has died. */
public sealed interface SafeState {

    /** Applies it, in whatever process this runs. */
    void apply() throws IOException;

    /** The state on one line, as {@link #decode} takes it. */
    String encode();

    /**
     * A level on a line that nobody holds any more. What the line does when it is given back is the
     * chip's business: a Raspberry Pi's keeps its level.
     *
     * @param chip the chip's label
     */
    record Level(String chip, int line, boolean high) implements SafeState {

        public Level {
            requirePlain(chip);
        }

        @Override
        public void apply() {
            try (GpioChip opened = GpioChip.labelled(chip);
                    GpioOutput output = opened.output(line, "outrider-guardian", high)) {
                output.set(high);
            }
        }

        @Override
        public String encode() {
            return String.join("\t", "level", chip, Integer.toString(line), high ? "1" : "0");
        }
    }

    /** A text in a file of the kernel's, such as {@code 0} in a PWM channel's {@code enable}. */
    record Setting(Path file, String text) implements SafeState {

        public Setting {
            requirePlain(file.toString());
            requirePlain(text);
        }

        @Override
        public void apply() throws IOException {
            Files.writeString(file, text, StandardCharsets.UTF_8);
        }

        @Override
        public String encode() {
            return String.join("\t", "setting", file.toString(), text);
        }
    }

    /** Reads what {@link #encode} wrote. */
    static SafeState decode(String line) {
        String[] words = line.split("\t", -1);
        if (words.length == 4 && words[0].equals("level")) {
            return new Level(words[1], Integer.parseInt(words[2]), words[3].equals("1"));
        }
        if (words.length == 3 && words[0].equals("setting")) {
            return new Setting(Path.of(words[1]), words[2]);
        }
        throw new IllegalArgumentException("not a safe state: " + line);
    }

    private static void requirePlain(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("no control characters in a safe state: " + text);
        }
    }
}
