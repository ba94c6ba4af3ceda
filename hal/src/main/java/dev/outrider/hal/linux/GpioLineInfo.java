package dev.outrider.hal.linux;

import static dev.outrider.hal.linux.Struct.U32;
import static dev.outrider.hal.linux.Struct.U64;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;

/**
 * {@code struct gpio_v2_line_info} of linux/gpio.h, less its attributes.
 *
 * @param name the line's name from the device tree; empty if it has none
 * @param consumer who holds it; empty if nobody does
 * @param offset its number on its chip
 * @param used whether somebody holds it
 */
public record GpioLineInfo(String name, String consumer, int offset, boolean used) {

    static final MemoryLayout LAYOUT =
            MemoryLayout.structLayout(
                    Struct.text("name", 32),
                    Struct.text("consumer", 32),
                    U32.withName("offset"),
                    U32.withName("num_attrs"),
                    U64.withName("flags"),
                    MemoryLayout.sequenceLayout(10, GpioLineRequest.ATTRIBUTE).withName("attrs"),
                    Struct.words("padding", 4));

    private static final long USED = 1;

    static GpioLineInfo decode(MemorySegment segment) {
        return new GpioLineInfo(
                Struct.text(segment, LAYOUT, "name"),
                Struct.text(segment, LAYOUT, "consumer"),
                segment.get(U32, Struct.offset(LAYOUT, "offset")),
                (segment.get(U64, Struct.offset(LAYOUT, "flags")) & USED) != 0);
    }
}
