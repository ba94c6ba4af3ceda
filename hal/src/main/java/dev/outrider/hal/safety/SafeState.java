package dev.outrider.hal.safety;

import dev.outrider.hal.linux.CanFrame;
import dev.outrider.hal.linux.CanSocket;
import dev.outrider.hal.linux.GpioChip;
import dev.outrider.hal.linux.GpioOutput;
import dev.outrider.hal.linux.I2cDevice;
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

    /**
     * A value in a register of a chip on I2C, such as one that ends a PWM chip's pulses.
     *
     * @param bus the device file, such as {@code /dev/i2c-1}
     */
    record Register(Path bus, int address, int register, int value) implements SafeState {

        public Register {
            requirePlain(bus.toString());
        }

        @Override
        public void apply() {
            try (I2cDevice device = I2cDevice.open(bus, address)) {
                device.writeByte(register, value);
            }
        }

        @Override
        public String encode() {
            return "register\t%s\t%d\t%d\t%d".formatted(bus, address, register, value);
        }
    }

    /** A frame on a CAN network, such as one that lets go of a motor. */
    record Frame(String network, CanFrame frame) implements SafeState {

        public Frame {
            requirePlain(network);
        }

        @Override
        public void apply() {
            try (CanSocket socket = CanSocket.open(network)) {
                socket.send(frame);
            }
        }

        @Override
        public String encode() {
            return "frame\t%s\t%d\t%b\t%d\t%d"
                    .formatted(network, frame.id(), frame.extended(), frame.length(), frame.data());
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
        if (words.length == 5 && words[0].equals("register")) {
            return new Register(
                    Path.of(words[1]),
                    Integer.parseInt(words[2]),
                    Integer.parseInt(words[3]),
                    Integer.parseInt(words[4]));
        }
        if (words.length == 6 && words[0].equals("frame")) {
            var frame =
                    new CanFrame(
                            Integer.parseInt(words[2]),
                            Boolean.parseBoolean(words[3]),
                            Integer.parseInt(words[4]),
                            Long.parseLong(words[5]));
            return new Frame(words[1], frame);
        }
        throw new IllegalArgumentException("not a safe state: " + line);
    }

    private static void requirePlain(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("no control characters in a safe state: " + text);
        }
    }
}
