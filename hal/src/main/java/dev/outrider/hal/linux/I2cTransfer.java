package dev.outrider.hal.linux;

import static dev.outrider.hal.linux.Struct.U16;
import static dev.outrider.hal.linux.Struct.U32;
import static dev.outrider.hal.linux.Struct.U8;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Two {@code struct i2c_msg} of linux/i2c.h, a write and then a read with a repeated start between,
 * in one {@code struct i2c_rdwr_ioctl_data} of linux/i2c-dev.h.
 */
final class I2cTransfer {

    static final MemoryLayout MESSAGE =
            MemoryLayout.structLayout(
                    U16.withName("addr"),
                    U16.withName("flags"),
                    U16.withName("len"),
                    MemoryLayout.paddingLayout(2),
                    ValueLayout.ADDRESS.withName("buf"));

    static final MemoryLayout LAYOUT =
            MemoryLayout.structLayout(
                    ValueLayout.ADDRESS.withName("msgs"),
                    U32.withName("nmsgs"),
                    MemoryLayout.paddingLayout(4));

    private static final Ioctl RDWR = new Ioctl(0x0707);
    private static final short READ = 1;

    private I2cTransfer() {}

    /** Writes bytes and reads others in answer; either may be none. */
    static byte[] run(Descriptor device, int address, byte[] written, int readLength) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment messages =
                    arena.allocate(MESSAGE.byteSize() * 2, MESSAGE.byteAlignment());
            MemorySegment answer = arena.allocate(Math.max(readLength, 1));
            int count = 0;
            if (written.length > 0) {
                MemorySegment bytes = arena.allocateFrom(U8, written);
                message(messages, count++, address, (short) 0, bytes, written.length);
            }
            if (readLength > 0) {
                message(messages, count++, address, READ, answer, readLength);
            }
            MemorySegment call = arena.allocate(LAYOUT);
            call.set(ValueLayout.ADDRESS, 0, messages);
            call.set(U32, Struct.offset(LAYOUT, "nmsgs"), count);
            device.ioctl(RDWR, call);
            return answer.asSlice(0, readLength).toArray(U8);
        }
    }

    private static void message(
            MemorySegment messages,
            int index,
            int address,
            short flags,
            MemorySegment bytes,
            int length) {
        MemorySegment message = messages.asSlice(index * MESSAGE.byteSize(), MESSAGE.byteSize());
        message.set(U16, Struct.offset(MESSAGE, "addr"), (short) address);
        message.set(U16, Struct.offset(MESSAGE, "flags"), flags);
        message.set(U16, Struct.offset(MESSAGE, "len"), (short) length);
        message.set(ValueLayout.ADDRESS, Struct.offset(MESSAGE, "buf"), bytes);
    }
}
