package dev.outrider.hal.rig;

import dev.outrider.hal.linux.I2cDevice;
import java.nio.file.Path;

/**
 * The world's end of a chip on the rig's simulated I2C bus (i2c-stub), whose registers are bytes.
 */
public record StubChip(int address) {

    /** The bus's device file. */
    public static Path bus() {
        return I2cDevice.bus("SMBus stub driver");
    }

    /** The bus's number. */
    public static int number() {
        String path = bus().toString();
        return Integer.parseInt(path.substring(path.lastIndexOf('-') + 1));
    }

    /** Puts values into a register and those after it. */
    public StubChip put(int register, int... values) {
        try (I2cDevice chip = I2cDevice.open(bus(), address)) {
            for (int index = 0; index < values.length; index++) {
                chip.writeByte(register + index, values[index]);
            }
        }
        return this;
    }

    /** Puts a word, its high byte first. */
    public StubChip putWord(int register, int value) {
        return put(register, (value >> 8) & 0xFF, value & 0xFF);
    }

    public int at(int register) {
        try (I2cDevice chip = I2cDevice.open(bus(), address)) {
            return chip.readByte(register);
        }
    }
}
