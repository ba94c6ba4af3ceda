package dev.outrider.hal.linux;

import static dev.outrider.hal.linux.Struct.U32;
import static dev.outrider.hal.linux.Struct.U64;

import java.lang.foreign.MemoryLayout;

/**
 * Where things are in {@code struct gpio_v2_line_event} of linux/gpio.h; read in place, not copied.
 */
final class GpioLineEvent {

    static final MemoryLayout LAYOUT =
            MemoryLayout.structLayout(
                    U64.withName("timestamp_ns"),
                    U32.withName("id"),
                    U32.withName("offset"),
                    U32.withName("seqno"),
                    U32.withName("line_seqno"),
                    Struct.words("padding", 6));

    static final long TIMESTAMP = Struct.offset(LAYOUT, "timestamp_ns");
    static final long ID = Struct.offset(LAYOUT, "id");
    static final long SEQUENCE = Struct.offset(LAYOUT, "line_seqno");
    static final int RISING = 1;

    private GpioLineEvent() {}
}
