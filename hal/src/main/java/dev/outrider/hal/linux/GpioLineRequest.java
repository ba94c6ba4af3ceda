package dev.outrider.hal.linux;

import static dev.outrider.hal.linux.Struct.U32;
import static dev.outrider.hal.linux.Struct.U64;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * {@code struct gpio_v2_line_request} of linux/gpio.h, for one line.
 *
 * @param flags {@code GPIO_V2_LINE_FLAG_*}
 * @param eventBuffer events the kernel keeps until they are read; 0 for its default of 16
 */
record GpioLineRequest(
        int offset, String consumer, long flags, List<Attribute> attributes, int eventBuffer) {

    /** {@code struct gpio_v2_line_config_attribute} for the one line asked for. */
    record Attribute(int id, long value) {

        static final int OUTPUT_VALUES = 2;
        static final int DEBOUNCE_MICROSECONDS = 3;
    }

    static final long ACTIVE_LOW = 1 << 1;
    static final long INPUT = 1 << 2;
    static final long OUTPUT = 1 << 3;
    static final long EDGE_RISING = 1 << 4;
    static final long EDGE_FALLING = 1 << 5;
    static final long BIAS_PULL_UP = 1 << 8;
    static final long BIAS_PULL_DOWN = 1 << 9;
    static final long BIAS_DISABLED = 1 << 10;

    /**
     * {@code struct gpio_v2_line_attribute}: its value is a union of 64 bits, or of 32 in front.
     */
    static final MemoryLayout ATTRIBUTE =
            MemoryLayout.structLayout(
                    U32.withName("id"), U32.withName("padding"), U64.withName("value"));

    private static final MemoryLayout CONFIG_ATTRIBUTE =
            MemoryLayout.structLayout(ATTRIBUTE.withName("attr"), U64.withName("mask"));
    private static final int MOST_ATTRIBUTES = 10;

    private static final MemoryLayout CONFIG =
            MemoryLayout.structLayout(
                    U64.withName("flags"),
                    U32.withName("num_attrs"),
                    Struct.words("padding", 5),
                    MemoryLayout.sequenceLayout(MOST_ATTRIBUTES, CONFIG_ATTRIBUTE)
                            .withName("attrs"));

    static final MemoryLayout LAYOUT =
            MemoryLayout.structLayout(
                    Struct.words("offsets", 64),
                    Struct.text("consumer", 32),
                    CONFIG.withName("config"),
                    U32.withName("num_lines"),
                    U32.withName("event_buffer_size"),
                    Struct.words("padding", 5),
                    U32.withName("fd"));

    private static final long MASK_OF_THE_ONE_LINE = 1;

    GpioLineRequest {
        attributes = List.copyOf(attributes);
        if (attributes.size() > MOST_ATTRIBUTES) {
            throw new IllegalArgumentException("a line takes at most ten attributes");
        }
    }

    void encode(MemorySegment segment) {
        segment.set(U32, Struct.offset(LAYOUT, "offsets"), offset);
        Struct.text(segment, LAYOUT, "consumer", consumer);
        segment.set(U32, Struct.offset(LAYOUT, "num_lines"), 1);
        segment.set(U32, Struct.offset(LAYOUT, "event_buffer_size"), eventBuffer);
        MemorySegment config = segment.asSlice(Struct.offset(LAYOUT, "config"), CONFIG.byteSize());
        config.set(U64, Struct.offset(CONFIG, "flags"), flags);
        config.set(U32, Struct.offset(CONFIG, "num_attrs"), attributes.size());
        long at = Struct.offset(CONFIG, "attrs");
        for (Attribute attribute : attributes) {
            config.set(U32, at + Struct.offset(ATTRIBUTE, "id"), attribute.id());
            config.set(U64, at + Struct.offset(ATTRIBUTE, "value"), attribute.value());
            config.set(U64, at + Struct.offset(CONFIG_ATTRIBUTE, "mask"), MASK_OF_THE_ONE_LINE);
            at += CONFIG_ATTRIBUTE.byteSize();
        }
    }

    /** The descriptor of the line the kernel gave out. */
    static int fd(MemorySegment segment) {
        return segment.get(U32, Struct.offset(LAYOUT, "fd"));
    }
}
