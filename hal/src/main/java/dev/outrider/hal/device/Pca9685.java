package dev.outrider.hal.device;

import com.pi4j.io.i2c.I2C;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * An NXP PCA9685 (data sheet rev. 4): sixteen trains of pulses of one frequency, 4096 steps fine,
 * over I2C. It goes on by itself whatever becomes of the program, until it is told to stop.
 */
public final class Pca9685 {

    /** The bit that overrides the counts: all of the period, or none of it. */
    public static final int FULL = 0x10;

    public static final int CHANNELS = 16;
    public static final int LEAST_HERTZ = 24;
    public static final int MOST_HERTZ = 1526;

    private static final int ALL_OFF_HIGH = 0xFD;
    private static final int MODE_1 = 0x00;
    private static final int MODE_2 = 0x01;
    private static final int FIRST_CHANNEL = 0x06;
    private static final int BYTES_A_CHANNEL = 4;
    private static final int PRESCALE = 0xFE;
    private static final int SLEEP = 0x10;
    private static final int AUTO_INCREMENT = 0x20;
    private static final int TOTEM_POLE = 0x04;
    private static final int STEPS = 4096;
    private static final double CLOCK_HERTZ = 25e6;
    private static final Duration WAKING = Duration.ofNanos(500_000);

    private final Registers registers;
    private final long periodNanos;

    /** Takes the chip over with every channel off. */
    public Pca9685(String name, I2C device, int hertz) {
        if (hertz < LEAST_HERTZ || hertz > MOST_HERTZ) {
            throw new IllegalArgumentException(
                    "a PCA9685 does %d..%d Hz, not %d".formatted(LEAST_HERTZ, MOST_HERTZ, hertz));
        }
        this.registers = new Registers(name, device);
        int prescale = (int) Math.round(CLOCK_HERTZ / (STEPS * (double) hertz)) - 1;
        this.periodNanos = Math.round((prescale + 1) * STEPS * 1e9 / CLOCK_HERTZ);
        rest();
        registers.write(MODE_1, SLEEP | AUTO_INCREMENT);
        registers.write(PRESCALE, prescale);
        registers.write(MODE_2, TOTEM_POLE);
        registers.write(MODE_1, AUTO_INCREMENT);
        LockSupport.parkNanos(WAKING.toNanos());
    }

    /** Ends the pulses of every channel. */
    public void rest() {
        registers.write(ALL_OFF_HIGH, FULL);
    }

    /** The register that ends a channel's pulses when {@link #FULL} is written to it. */
    public static int offRegister(int channel) {
        return register(channel) + BYTES_A_CHANNEL - 1;
    }

    /** The first of a channel's four registers: on low, on high, off low, off high. */
    private static int register(int channel) {
        if (channel < 0 || channel >= CHANNELS) {
            throw new IllegalArgumentException(
                    "a PCA9685 has channels 0..15, not %d".formatted(channel));
        }
        return FIRST_CHANNEL + channel * BYTES_A_CHANNEL;
    }

    /** The pulses of one channel, 0..15. */
    public Pulses channel(int channel) {
        int first = register(channel);
        return new Pulses() {
            @Override
            public long periodNanos() {
                return periodNanos;
            }

            @Override
            public void width(long nanos) {
                if (nanos < 0 || nanos > periodNanos) {
                    throw new IllegalArgumentException(
                            "a pulse lies within 0..%d ns, not %d".formatted(periodNanos, nanos));
                }
                int steps = Math.toIntExact(Math.round((double) nanos * STEPS / periodNanos));
                registers.write(first, counts(steps));
            }

            @Override
            public void off() {
                width(0);
            }
        };
    }

    /** The registers of a channel that is high for so many of 4096 steps. */
    private static byte[] counts(int steps) {
        if (steps >= STEPS) {
            return new byte[] {0, FULL, 0, 0};
        }
        return steps == 0
                ? new byte[] {0, 0, 0, FULL}
                : new byte[] {0, 0, (byte) steps, (byte) (steps >> Byte.SIZE)};
    }
}
