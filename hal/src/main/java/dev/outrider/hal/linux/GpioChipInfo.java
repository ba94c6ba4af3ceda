package dev.outrider.hal.linux;

import static dev.outrider.hal.linux.Struct.U32;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;

/** {@code struct gpiochip_info} of linux/gpio.h. */
record GpioChipInfo(String name, String label, int lines) {

    static final MemoryLayout LAYOUT =
            MemoryLayout.structLayout(
                    Struct.text("name", 32), Struct.text("label", 32), U32.withName("lines"));

    static GpioChipInfo decode(MemorySegment segment) {
        return new GpioChipInfo(
                Struct.text(segment, LAYOUT, "name"),
                Struct.text(segment, LAYOUT, "label"),
                segment.get(U32, Struct.offset(LAYOUT, "lines")));
    }
}
