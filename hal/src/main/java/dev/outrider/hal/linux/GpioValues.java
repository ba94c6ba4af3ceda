package dev.outrider.hal.linux;

import static dev.outrider.hal.linux.Struct.U64;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;

/**
 * {@code struct gpio_v2_line_values} of linux/gpio.h for one line, made once and used for each
 * call.
 */
final class GpioValues {

    static final MemoryLayout LAYOUT =
            MemoryLayout.structLayout(U64.withName("bits"), U64.withName("mask"));

    private static final Ioctl GET = Ioctl.readWrite(0xB4, 0x0E, LAYOUT);
    private static final Ioctl SET = Ioctl.readWrite(0xB4, 0x0F, LAYOUT);
    private static final long BITS = Struct.offset(LAYOUT, "bits");

    private final Descriptor line;
    private final MemorySegment values = Arena.ofAuto().allocate(LAYOUT);

    GpioValues(Descriptor line) {
        this.line = line;
        values.set(U64, Struct.offset(LAYOUT, "mask"), 1L);
    }

    synchronized boolean get() {
        line.ioctl(GET, values);
        return (values.get(U64, BITS) & 1) != 0;
    }

    synchronized void set(boolean value) {
        values.set(U64, BITS, value ? 1L : 0L);
        line.ioctl(SET, values);
    }
}
