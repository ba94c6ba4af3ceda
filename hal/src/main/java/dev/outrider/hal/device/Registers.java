package dev.outrider.hal.device;

import com.pi4j.io.i2c.I2C;
import dev.outrider.hal.part.PartException;

/**
 * The registers of a chip on I2C. Words have their high byte first. Failures of the bus, and
 * answers shorter than asked for, are {@link PartException} of the part the chip belongs to.
 */
final class Registers {

    private final String part;
    private final I2C device;

    Registers(String part, I2C device) {
        this.part = part;
        this.device = device;
    }

    /** One register, 0..255. */
    int unsigned8(int register) {
        return Byte.toUnsignedInt(block(register, 1)[0]);
    }

    /** A word, 0..65535. */
    int unsigned16(int register) {
        return unsigned16(block(register, 2), 0);
    }

    /** A word in two's complement. */
    int signed16(int register) {
        return (short) unsigned16(register);
    }

    /** The word at a place in a block. */
    static int unsigned16(byte[] block, int at) {
        return Byte.toUnsignedInt(block[at]) << Byte.SIZE | Byte.toUnsignedInt(block[at + 1]);
    }

    /** Registers one after the other, read in one go. */
    byte[] block(int register, int length) {
        byte[] bytes = new byte[length];
        String attempted = "read register 0x%02x".formatted(register);
        int count =
                DeviceCalls.get(
                        part, attempted, () -> device.readRegister(register, bytes, 0, length));
        if (count != length) {
            throw new PartException(
                    part, attempted, "the chip gave %d of %d bytes".formatted(count, length));
        }
        return bytes;
    }

    void write(int register, int value) {
        DeviceCalls.get(
                part,
                "write register 0x%02x".formatted(register),
                () -> device.writeRegister(register, (byte) value));
    }

    void write16(int register, int value) {
        write(register, new byte[] {(byte) (value >> Byte.SIZE), (byte) value});
    }

    /** Registers one after the other, written in one go. */
    void write(int register, byte[] values) {
        DeviceCalls.get(
                part,
                "write register 0x%02x".formatted(register),
                () -> device.writeRegister(register, values, 0, values.length));
    }

    /**
     * Makes sure of what sits at the address.
     *
     * @param wanted what the chip's identity register holds
     */
    void requireIdentity(String chip, int found, int wanted) {
        if (found != wanted) {
            throw new PartException(
                    part,
                    "open",
                    "what answers at 0x%02x on bus %d is no %s: its identity is 0x%02x, not 0x%02x"
                            .formatted(device.getDevice(), device.getBus(), chip, found, wanted));
        }
    }
}
