package dev.outrider.hal.linux;

import static dev.outrider.hal.linux.Struct.U8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A PWM output through /sys/class/pwm (Documentation/driver-api/pwm.rst), in nanoseconds. Changing
 * the duty cycle allocates nothing. Closing it switches it off: PWM goes on by itself when a
 * process dies.
 */
public final class PwmChannel implements AutoCloseable {

    private static final Path CLASS = Path.of("/sys/class/pwm");
    private static final int MOST_DIGITS = 20;

    private final Path folder;
    private final Descriptor duty;
    private final MemorySegment digits = Arena.ofAuto().allocate(MOST_DIGITS);

    private PwmChannel(Path folder) {
        this.folder = folder;
        this.duty = Descriptor.open(folder.resolve("duty_cycle"), Descriptor.WRITE_ONLY);
    }

    /**
     * Opens a channel of the chip that belongs to a device.
     *
     * @param parent the device's name, such as {@code 1f00098000.pwm}
     * @throws IllegalArgumentException naming the devices there are, if none fits
     */
    public static PwmChannel open(String parent, int channel) {
        return open(chip(parent), channel);
    }

    /** The folder of the chip that belongs to a device. */
    public static Path chip(String parent) {
        List<Path> chips = SysfsFile.entries(CLASS, "pwmchip*");
        return chips.stream()
                .filter(path -> parent(path).equals(parent))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "no PWM chip belongs to %s, only to %s"
                                        .formatted(parent, parents(chips))));
    }

    /** Opens a channel of a chip by its folder, such as {@code /sys/class/pwm/pwmchip0}. */
    public static PwmChannel open(Path chip, int channel) {
        int channels = Integer.parseInt(SysfsFile.read(chip.resolve("npwm")));
        if (channel < 0 || channel >= channels) {
            throw new IllegalArgumentException(
                    "%s has channels 0..%d, not %d".formatted(chip, channels - 1, channel));
        }
        Path folder = chip.resolve("pwm" + channel);
        if (!Files.exists(folder)) {
            SysfsFile.write(chip.resolve("export"), Integer.toString(channel));
        }
        return new PwmChannel(folder);
    }

    private static List<String> parents(List<Path> chips) {
        return chips.stream().map(PwmChannel::parent).toList();
    }

    private static String parent(Path chip) {
        try {
            return chip.resolve("device").toRealPath().getFileName().toString();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tell whose PWM chip %s is".formatted(chip), e);
        }
    }

    /** Sets both; the kernel never sees a duty cycle longer than the period. */
    public synchronized void set(long periodNanos, long dutyNanos) {
        if (periodNanos <= 0 || dutyNanos < 0 || dutyNanos > periodNanos) {
            throw new IllegalArgumentException(
                    "a duty cycle lies within 0..period, not %d of %d ns"
                            .formatted(dutyNanos, periodNanos));
        }
        if (dutyNanos() > periodNanos) {
            duty(0);
        }
        SysfsFile.write(folder.resolve("period"), Long.toString(periodNanos));
        duty(dutyNanos);
    }

    /** Sets the time high in each period. */
    public synchronized void duty(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("a duty cycle is not negative: " + nanos);
        }
        long rest = nanos;
        int at = MOST_DIGITS;
        do {
            digits.set(U8, --at, (byte) ('0' + rest % 10));
            rest /= 10;
        } while (rest > 0);
        duty.write(digits.asSlice(at), MOST_DIGITS - at);
    }

    public long periodNanos() {
        return Long.parseLong(SysfsFile.read(folder.resolve("period")));
    }

    public long dutyNanos() {
        return Long.parseLong(SysfsFile.read(folder.resolve("duty_cycle")));
    }

    public boolean enabled() {
        return SysfsFile.read(folder.resolve("enable")).equals("1");
    }

    public void enable() {
        SysfsFile.write(folder.resolve("enable"), "1");
    }

    public void disable() {
        SysfsFile.write(folder.resolve("enable"), "0");
    }

    @Override
    public void close() {
        try {
            if (enabled()) {
                disable();
            }
        } finally {
            duty.close();
        }
    }
}
