package org.intel.openvino;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** What a tensor's elements are; the numbers are {@code ov_element_type_e} since 2025.1. */
public enum ElementType {
    dynamic(0, 0),
    undefined(0, 0),
    bool(1, 8),
    bf16(2, 16),
    f16(3, 16),
    f32(4, 32),
    f64(5, 64),
    i4(6, 4),
    i8(7, 8),
    i16(8, 16),
    i32(9, 32),
    i64(10, 64),
    u1(11, 1),
    u2(12, 2),
    u3(13, 3),
    u4(14, 4),
    u6(15, 6),
    u8(16, 8),
    u16(17, 16),
    u32(18, 32),
    u64(19, 64),
    nf4(20, 4),
    f8e4m3(21, 8),
    f8e5m2(22, 8),
    string(23, 0),
    f4e2m1(24, 4),
    f8e8m0(25, 8);

    private static final Map<Integer, ElementType> BY_VALUE =
            Arrays.stream(values())
                    .filter(type -> type != undefined)
                    .collect(Collectors.toUnmodifiableMap(ElementType::getValue, type -> type));

    private final int value;
    private final int bits;

    ElementType(int value, int bits) {
        this.value = value;
        this.bits = bits;
    }

    /** The number the library knows it by. */
    public int getValue() {
        return value;
    }

    /** Bytes that so many elements take, packed where an element is less than a byte. */
    public long bytes(long elements) {
        if (bits == 0) {
            throw new IllegalArgumentException("elements of type %s have no size".formatted(this));
        }
        return Math.ceilDiv(Math.multiplyExact(elements, (long) bits), 8L);
    }

    static ElementType of(int value) {
        var type = BY_VALUE.get(value);
        if (type == null) {
            throw new OpenVinoException("unknown element type " + value);
        }
        return type;
    }
}
