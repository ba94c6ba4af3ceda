package dev.outrider.hal.linux;

import static dev.outrider.hal.linux.Struct.U32;
import static dev.outrider.hal.linux.Struct.U8;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * {@code struct can_frame} of linux/can.h: a classical CAN data frame.
 *
 * @param id 11 bits, or 29 when extended
 * @param length bytes of data, 0..8
 * @param data the bytes, the first one lowest; those beyond the length are zero
 */
public record CanFrame(int id, boolean extended, int length, long data) {

    static final MemoryLayout LAYOUT =
            MemoryLayout.structLayout(
                    U32.withName("can_id"),
                    U8.withName("len"),
                    MemoryLayout.sequenceLayout(3, U8).withName("pad"),
                    MemoryLayout.sequenceLayout(8, U8).withName("data"));

    private static final int EXTENDED = 1 << 31;
    private static final int STANDARD_IDS = 1 << 11;
    private static final int EXTENDED_IDS = 1 << 29;
    private static final long LENGTH = Struct.offset(LAYOUT, "len");
    private static final long DATA = Struct.offset(LAYOUT, "data");
    private static final int MOST_BYTES = 8;

    public CanFrame {
        if (id < 0 || id >= (extended ? EXTENDED_IDS : STANDARD_IDS)) {
            throw new IllegalArgumentException(
                    "a CAN id has 11 bits, or 29 when extended, not 0x%x".formatted(id));
        }
        if (length < 0 || length > MOST_BYTES) {
            throw new IllegalArgumentException("a CAN frame has 0..8 bytes, not " + length);
        }
        data = length == MOST_BYTES ? data : data & ((1L << (length * Byte.SIZE)) - 1);
    }

    /** A standard frame of these bytes. */
    public static CanFrame of(int id, byte... bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException("a CAN frame has 0..8 bytes, not " + bytes.length);
        }
        ByteBuffer data = ByteBuffer.allocate(MOST_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return new CanFrame(id, false, bytes.length, data.put(bytes).getLong(0));
    }

    /** One byte of the data, 0..255. */
    public int at(int index) {
        if (index < 0 || index >= length) {
            throw new IndexOutOfBoundsException("byte %d of %d".formatted(index, length));
        }
        return (int) (data >>> (index * Byte.SIZE)) & 0xFF;
    }

    void encode(MemorySegment segment) {
        segment.set(U32, 0, extended ? id | EXTENDED : id);
        segment.set(U8, LENGTH, (byte) length);
        for (int index = 0; index < MOST_BYTES; index++) {
            segment.set(U8, DATA + index, (byte) (data >>> (index * Byte.SIZE)));
        }
    }

    static CanFrame decode(MemorySegment segment) {
        int id = segment.get(U32, 0);
        boolean extended = (id & EXTENDED) != 0;
        long data = 0;
        for (int index = 0; index < MOST_BYTES; index++) {
            data |= Byte.toUnsignedLong(segment.get(U8, DATA + index)) << (index * Byte.SIZE);
        }
        int mask = (extended ? EXTENDED_IDS : STANDARD_IDS) - 1;
        return new CanFrame(id & mask, extended, segment.get(U8, LENGTH), data);
    }
}
