package dev.outrider.hal.board;

import dev.outrider.hal.linux.GpioChip;
import dev.outrider.hal.linux.LinuxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What this machine has that parts can be connected to, by the names that a profile uses.
 *
 * @param chips of GPIO that this user may open
 * @param pwm devices with PWM channels, and how many
 * @param buses I2C and SPI devices, serial lines and watchdogs, by their files
 * @param can networks
 * @param unreadable chips that this user may not open, with the reason
 */
public record Inventory(
        List<Chip> chips,
        List<Pwm> pwm,
        List<Path> buses,
        List<String> can,
        List<String> unreadable) {

    private static final String CAN_TYPE = "280";
    private static final String BUSES =
            "{i2c-*,spidev*,ttyACM*,ttyAMA*,ttyTHS*,ttyUSB*,serial*,watchdog[0-9]*}";

    /**
     * A GPIO chip.
     *
     * @param held lines that somebody holds, each with its holder
     */
    public record Chip(String device, String label, int lines, List<String> held) {}

    /** A device with PWM channels. */
    public record Pwm(String parent, int channels) {}

    public Inventory {
        chips = List.copyOf(chips);
        pwm = List.copyOf(pwm);
        buses = List.copyOf(buses);
        can = List.copyOf(can);
        unreadable = List.copyOf(unreadable);
    }

    /** Whether there is nothing at all. */
    public boolean isEmpty() {
        return chips.isEmpty()
                && pwm.isEmpty()
                && buses.isEmpty()
                && can.isEmpty()
                && unreadable.isEmpty();
    }

    /** Looks around; takes nothing. */
    public static Inventory read() {
        var chips = new ArrayList<Chip>();
        var unreadable = new ArrayList<String>();
        for (Path device : entries(Path.of("/dev"), "gpiochip*")) {
            try (GpioChip chip = GpioChip.open(device)) {
                chips.add(new Chip(device.toString(), chip.label(), chip.lines(), held(chip)));
            } catch (LinuxException e) {
                unreadable.add(e.getMessage());
            }
        }
        return new Inventory(
                chips,
                entries(Path.of("/sys/class/pwm"), "pwmchip*").stream()
                        .map(Inventory::pwm)
                        .toList(),
                entries(Path.of("/dev"), BUSES),
                entries(Path.of("/sys/class/net"), "*").stream()
                        .filter(network -> text(network.resolve("type")).equals(CAN_TYPE))
                        .map(network -> network.getFileName().toString())
                        .toList(),
                unreadable);
    }

    private static List<String> held(GpioChip chip) {
        return IntStream.range(0, chip.lines())
                .mapToObj(chip::line)
                .filter(line -> line.used())
                .map(line -> "%d %s".formatted(line.offset(), line.consumer()).strip())
                .toList();
    }

    private static Pwm pwm(Path chip) {
        try {
            return new Pwm(
                    chip.resolve("device").toRealPath().getFileName().toString(),
                    Integer.parseInt(text(chip.resolve("npwm"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> entries(Path folder, String glob) {
        var entries = new ArrayList<Path>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, glob)) {
                stream.forEach(entries::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        entries.sort(null);
        return entries;
    }
}
