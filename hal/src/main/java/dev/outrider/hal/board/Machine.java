package dev.outrider.hal.board;

import dev.outrider.hal.linux.GpioChip;
import dev.outrider.hal.linux.LinuxException;
import dev.outrider.hal.linux.PwmChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The machine this runs on: says of anything a profile names why it is not there, without taking
 * it. Whether the chip that is meant answers at an I2C address shows only when its part is opened.
 */
public final class Machine implements Function<Resource, Optional<String>> {

    private static final String CAN = "280";

    @Override
    public Optional<String> apply(Resource wanted) {
        try {
            return switch (wanted) {
                case Resource.Line line -> missing(line);
                case Resource.Pwm pwm -> missing(pwm);
                case Resource.ExpanderChannel channel -> apply(channel.expander());
                case Resource.Expander expander -> apply(expander.chip());
                case Resource.I2cChip chip -> device(chip.device(), "I2C bus");
                case Resource.Serial serial -> device(serial.device(), "serial line");
                case Resource.Watchdog watchdog -> device(watchdog.device(), "watchdog");
                case Resource.CanNode node -> network(node.network());
            };
        } catch (LinuxException | IllegalArgumentException | UncheckedIOException e) {
            return Optional.of("on this machine " + e.getMessage());
        }
    }

    private static Optional<String> missing(Resource.Line wanted) {
        try (GpioChip chip = GpioChip.labelled(wanted.chip())) {
            OptionalInt offset = offset(chip, wanted.line());
            return offset.isPresent()
                    ? Optional.empty()
                    : Optional.of(
                            "on this machine %s has %d lines, none of which is %s"
                                    .formatted(chip.label(), chip.lines(), wanted.line()));
        }
    }

    /**
     * The number of a line on its chip.
     *
     * @param line a number, or a name the kernel knows
     */
    static OptionalInt offset(GpioChip chip, String line) {
        if (!line.chars().allMatch(Character::isDigit)) {
            return chip.offset(line);
        }
        int number = Integer.parseInt(line);
        return number < chip.lines() ? OptionalInt.of(number) : OptionalInt.empty();
    }

    private static Optional<String> missing(Resource.Pwm wanted) {
        if (!Files.isDirectory(Path.of("/sys/class/pwm"))) {
            return Optional.of("this machine has no PWM");
        }
        Path chip = PwmChannel.chip(wanted.parent());
        int channels = Integer.parseInt(text(chip.resolve("npwm")));
        return wanted.channel() < channels
                ? Optional.empty()
                : Optional.of(
                        "on this machine %s has %d PWM channels, not one numbered %d"
                                .formatted(wanted.parent(), channels, wanted.channel()));
    }

    private static Optional<String> device(Path file, String what) {
        if (!Files.exists(file)) {
            return Optional.of("this machine has no %s %s".formatted(what, file));
        }
        return Files.isReadable(file) && Files.isWritable(file)
                ? Optional.empty()
                : Optional.of("this user may not use the %s %s".formatted(what, file));
    }

    private static Optional<String> network(String name) {
        Path type = Path.of("/sys/class/net", name, "type");
        if (!Files.exists(type)) {
            return Optional.of("this machine has no CAN network " + name);
        }
        return text(type).equals(CAN)
                ? Optional.empty()
                : Optional.of("this machine's network %s is no CAN network".formatted(name));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read: %s".formatted(file, e), e);
        }
    }
}
