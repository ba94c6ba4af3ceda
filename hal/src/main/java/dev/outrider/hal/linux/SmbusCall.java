package dev.outrider.hal.linux;

import static dev.outrider.hal.linux.Struct.U32;
import static dev.outrider.hal.linux.Struct.U8;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * {@code struct i2c_smbus_ioctl_data} of linux/i2c-dev.h with the {@code union i2c_smbus_data} of
 * linux/i2c.h it points to, made once for a device.
 */
final class SmbusCall {

    static final byte WRITE = 0;
    static final byte READ = 1;
    static final int BYTE = 1;
    static final int BYTE_DATA = 2;
    static final int WORD_DATA = 3;
    static final int I2C_BLOCK_DATA = 8;
    static final int LONGEST_BLOCK = 32;

    static final MemoryLayout LAYOUT =
            MemoryLayout.structLayout(
                    U8.withName("read_write"),
                    U8.withName("command"),
                    MemoryLayout.paddingLayout(2),
                    U32.withName("size"),
                    ValueLayout.ADDRESS.withName("data"));

    private static final Ioctl SMBUS = new Ioctl(0x0720);
    private static final long COMMAND = Struct.offset(LAYOUT, "command");
    private static final long SIZE = Struct.offset(LAYOUT, "size");

    private final MemorySegment call = Arena.ofAuto().allocate(LAYOUT);

    /** A length and up to 32 bytes of a block, or a byte, or a word in the machine's order. */
    final MemorySegment data = Arena.ofAuto().allocate(LONGEST_BLOCK + 2, 2);

    SmbusCall() {
        call.set(ValueLayout.ADDRESS, Struct.offset(LAYOUT, "data"), data);
    }

    void run(Descriptor device, byte direction, int command, int size) {
        call.set(U8, 0, direction);
        call.set(U8, COMMAND, (byte) command);
        call.set(U32, SIZE, size);
        device.ioctl(SMBUS, call);
    }
}
