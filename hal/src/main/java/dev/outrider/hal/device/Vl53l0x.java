package dev.outrider.hal.device;

import com.pi4j.io.i2c.I2C;
import dev.outrider.hal.Timebase;
import dev.outrider.hal.part.PartException;
import dev.outrider.hal.part.PartSheet;
import dev.outrider.hal.part.RangeSensor;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;

/**
 * An ST VL53L0X laser range finder, measuring all the time, about thirty times a second. ST
 * documents the steps of starting it (UM2039) and gives the values in its own driver only
 * (STSW-IMG005), from which the registers without a name here are.
 */
public final class Vl53l0x implements RangeSensor {

    /** How far it sees in its standard mode. */
    public static final double REACH_METERS = 1.2;

    private static final int IDENTITY = 0xC0;
    private static final int VL53L0X = 0xEE;
    private static final int START = 0x00;
    private static final int SEQUENCE = 0x01;
    private static final int INTERRUPT_CONFIGURATION = 0x0A;
    private static final int INTERRUPT_CLEAR = 0x0B;
    private static final int INTERRUPT_STATUS = 0x13;
    private static final int RESULT = 0x14;
    private static final int RESULT_MILLIMETERS = 0x1E;
    private static final int SIGNAL_RATE_LIMIT = 0x44;
    private static final int LIMIT_CHECKS = 0x60;
    private static final int INTERRUPT_LEVEL = 0x84;
    private static final int PADS_AT_2V8 = 0x89;
    private static final int STOP = 0x91;
    private static final int SPADS = 0xB0;
    private static final int SPAD_BYTES = 6;
    private static final int FIRST_APERTURE_SPAD = 12;
    private static final int PAGE = 0xFF;
    private static final int BACK_TO_BACK = 0x02;
    private static final int QUARTER_MEGACOUNT = 0x20;
    private static final int VALID = 11;
    private static final int NOTHING_MILLIMETERS = 8190;
    private static final int TRIES = 100;
    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final long STALE_NANOS = Duration.ofMillis(200).toNanos();

    /** ST's default tuning settings: register and value, one after the other. */
    private static final int[] TUNING = {
        0xFF, 0x01, 0x00, 0x00, 0xFF, 0x00, 0x09, 0x00, 0x10, 0x00, 0x11, 0x00, 0x24, 0x01, 0x25,
        0xFF, 0x75, 0x00, 0xFF, 0x01, 0x4E, 0x2C, 0x48, 0x00, 0x30, 0x20, 0xFF, 0x00, 0x30, 0x09,
        0x54, 0x00, 0x31, 0x04, 0x32, 0x03, 0x40, 0x83, 0x46, 0x25, 0x60, 0x00, 0x27, 0x00, 0x50,
        0x06, 0x51, 0x00, 0x52, 0x96, 0x56, 0x08, 0x57, 0x30, 0x61, 0x00, 0x62, 0x00, 0x64, 0x00,
        0x65, 0x00, 0x66, 0xA0, 0xFF, 0x01, 0x22, 0x32, 0x47, 0x14, 0x49, 0xFF, 0x4A, 0x00, 0xFF,
        0x00, 0x7A, 0x0A, 0x7B, 0x00, 0x78, 0x21, 0xFF, 0x01, 0x23, 0x34, 0x42, 0x00, 0x44, 0xFF,
        0x45, 0x26, 0x46, 0x05, 0x40, 0x40, 0x0E, 0x06, 0x20, 0x1A, 0x43, 0x40, 0xFF, 0x00, 0x34,
        0x03, 0x35, 0x44, 0xFF, 0x01, 0x31, 0x04, 0x4B, 0x09, 0x4C, 0x05, 0x4D, 0x04, 0xFF, 0x00,
        0x44, 0x00, 0x45, 0x20, 0x47, 0x08, 0x48, 0x28, 0x67, 0x00, 0x70, 0x04, 0x71, 0x01, 0x72,
        0xFE, 0x76, 0x00, 0x77, 0x00, 0xFF, 0x01, 0x0D, 0x01, 0xFF, 0x00, 0x80, 0x01, 0x01, 0xF8,
        0xFF, 0x01, 0x8E, 0x01, 0x00, 0x01, 0xFF, 0x00, 0x80, 0x00
    };

    private final String name;
    private final Registers registers;
    private final double reachMeters;
    private final Timebase time;
    private OptionalDouble last = OptionalDouble.empty();
    private long measured;
    private boolean any;

    /**
     * Starts the chip as it is after power-up.
     *
     * @param reachMeters what lies further away counts as no echo
     */
    public Vl53l0x(String name, I2C device, double reachMeters, Timebase time) {
        this.name = name;
        this.registers = new Registers(name, device);
        this.reachMeters = reachMeters;
        this.time = time;
        registers.requireIdentity("VL53L0X", registers.unsigned8(IDENTITY), VL53L0X);
        int stop = prepare();
        enableSpads(spads());
        write(TUNING);
        write(INTERRUPT_CONFIGURATION, 0x04);
        write(INTERRUPT_LEVEL, registers.unsigned8(INTERRUPT_LEVEL) & ~0x10);
        write(INTERRUPT_CLEAR, 0x01);
        calibrate(0x01, 0x41);
        calibrate(0x02, 0x01);
        write(SEQUENCE, 0xE8);
        write(0x80, 0x01, PAGE, 0x01, START, 0x00, STOP, stop, START, 0x01, PAGE, 0x00, 0x80, 0x00);
        write(START, BACK_TO_BACK);
    }

    /** Register and value, one after the other. */
    private void write(int... pairs) {
        for (int index = 0; index < pairs.length; index += 2) {
            registers.write(pairs[index], pairs[index + 1]);
        }
    }

    /** Sets levels and limits; gives what must be put back before each start. */
    private int prepare() {
        write(PADS_AT_2V8, registers.unsigned8(PADS_AT_2V8) | 0x01);
        write(0x88, 0x00, 0x80, 0x01, PAGE, 0x01, START, 0x00);
        int stop = registers.unsigned8(STOP);
        write(START, 0x01, PAGE, 0x00, 0x80, 0x00);
        write(LIMIT_CHECKS, registers.unsigned8(LIMIT_CHECKS) | 0x12);
        registers.write16(SIGNAL_RATE_LIMIT, QUARTER_MEGACOUNT);
        write(SEQUENCE, 0xFF);
        return stop;
    }

    /** How many reference SPADs the maker found good, with bit 7 set if they have apertures. */
    private int spads() {
        write(0x80, 0x01, PAGE, 0x01, START, 0x00, PAGE, 0x06);
        write(0x83, registers.unsigned8(0x83) | 0x04);
        write(PAGE, 0x07, 0x81, 0x01, 0x80, 0x01, 0x94, 0x6B, 0x83, 0x00);
        await("read its SPADs", 0x83, 0xFF);
        write(0x83, 0x01);
        int found = registers.unsigned8(0x92);
        write(0x81, 0x00, PAGE, 0x06);
        write(0x83, registers.unsigned8(0x83) & ~0x04);
        write(PAGE, 0x01, START, 0x01, PAGE, 0x00, 0x80, 0x00);
        return found;
    }

    /** Switches on as many good SPADs as wanted, the first ones of their kind. */
    private void enableSpads(int wanted) {
        byte[] map = registers.block(SPADS, SPAD_BYTES);
        write(PAGE, 0x01, 0x4F, 0x00, 0x4E, 0x2C, PAGE, 0x00, 0xB6, 0xB4);
        int first = (wanted & 0x80) == 0 ? 0 : FIRST_APERTURE_SPAD;
        int left = wanted & 0x7F;
        for (int spad = 0; spad < SPAD_BYTES * Byte.SIZE; spad++) {
            int mask = 1 << spad % Byte.SIZE;
            boolean good = (map[spad / Byte.SIZE] & mask) != 0;
            if (good && spad >= first && left > 0) {
                left--;
            } else {
                map[spad / Byte.SIZE] &= (byte) ~mask;
            }
        }
        registers.write(SPADS, map);
    }

    private void calibrate(int sequence, int start) {
        write(SEQUENCE, sequence, START, start);
        await("calibrate", INTERRUPT_STATUS, 0x07);
        write(INTERRUPT_CLEAR, 0x01, START, 0x00);
    }

    private void await(String attempted, int register, int mask) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            if ((registers.unsigned8(register) & mask) != 0) {
                return;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw new PartException(
                name, attempted, "the chip was not done within " + PAUSE.multipliedBy(TRIES));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PartSheet sheet() {
        return PartSheet.sensor(
                "range sensor", PartSheet.measured("distance", "m", 0, reachMeters));
    }

    @Override
    public synchronized OptionalDouble meters() {
        if (!any) {
            await("measure", INTERRUPT_STATUS, 0x07);
        }
        long now = time.nanos();
        if ((registers.unsigned8(INTERRUPT_STATUS) & 0x07) != 0) {
            last = newest();
            write(INTERRUPT_CLEAR, 0x01);
            measured = now;
            any = true;
        } else if (now - measured > STALE_NANOS) {
            throw new PartException(
                    name, "measure", "nothing new within %d ms".formatted(STALE_NANOS / 1_000_000));
        }
        return last;
    }

    private OptionalDouble newest() {
        int status = registers.unsigned8(RESULT) >> 3 & 0x0F;
        if (status >= 1 && status <= 3) {
            throw new PartException(
                    name, "measure", "the chip's laser has failed, status " + status);
        }
        int millimeters = registers.unsigned16(RESULT_MILLIMETERS);
        double meters = millimeters / 1000.0;
        return status == VALID && millimeters < NOTHING_MILLIMETERS && meters <= reachMeters
                ? OptionalDouble.of(meters)
                : OptionalDouble.empty();
    }
}
