package dev.outrider.hal.pi4j;

import com.pi4j.context.Context;
import com.pi4j.exception.InitializeException;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.exception.IOException;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CBase;
import com.pi4j.io.i2c.I2CConfig;
import com.pi4j.io.i2c.I2CProvider;
import dev.outrider.hal.linux.I2cDevice;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An I2C device. Free transfers go as plain I2C where the adapter does that, and as the SMBus call
 * that is the same on the wire where it does not and there is one.
 */
final class LinuxI2c extends I2CBase<LinuxI2cBus> {

    private static final int SMBUS_BLOCK = 32;

    private @Nullable I2cDevice device;

    LinuxI2c(I2CProvider provider, I2CConfig config, LinuxI2cBus bus) {
        super(provider, config, bus);
    }

    @Override
    public I2C initialize(Context context) throws InitializeException {
        try {
            device = I2cDevice.open(Path.of("/dev/i2c-" + config.bus()), config.device());
        } catch (RuntimeException e) {
            throw new InitializeException(e);
        }
        return super.initialize(context);
    }

    private interface Action {
        int run(I2cDevice device);
    }

    private int call(Action action) {
        I2cDevice open = device;
        if (open == null) {
            throw new IOException(config.id() + " is closed");
        }
        try {
            return i2CBus.execute(this, () -> action.run(open));
        } catch (Pi4JException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(config.id() + ": " + cause.getMessage(), cause);
        }
    }

    @Override
    public int read() {
        return call(I2cDevice::readByte);
    }

    @Override
    public int write(byte value) {
        return call(open -> {
            open.writeByte(Byte.toUnsignedInt(value));
            return 1;
        });
    }

    @Override
    public int readRegister(int register) {
        return call(open -> open.readByte(register));
    }

    @Override
    public int readRegister(int register, byte[] buffer, int offset, int length) {
        return readRegister(new byte[] {(byte) register}, buffer, offset, length);
    }

    @Override
    public int readRegister(byte[] register, byte[] buffer, int offset, int length) {
        writeThenRead(register, 0, register.length, 0, buffer, offset, length);
        return length;
    }

    @Override
    public int writeRegister(int register, byte value) {
        return call(open -> {
            open.writeByte(register, value);
            return 1;
        });
    }

    @Override
    public int writeRegister(int register, byte[] data, int offset, int length) {
        return writeRegister(new byte[] {(byte) register}, data, offset, length);
    }

    @Override
    public int writeRegister(byte[] register, byte[] data, int offset, int length) {
        byte[] bytes = Arrays.copyOf(register, register.length + length);
        System.arraycopy(data, offset, bytes, register.length, length);
        return call(open -> write(open, bytes) - register.length);
    }

    @Override
    public void writeThenRead(
            byte @Nullable [] written,
            int writeOffset,
            int writeLength,
            int readDelayNanos,
            byte @Nullable [] read,
            int readOffset,
            int readLength) {
        byte[] out =
                written == null
                        ? new byte[0]
                        : Arrays.copyOfRange(written, writeOffset, writeOffset + writeLength);
        call(open -> {
            byte[] in = exchange(open, out, readDelayNanos, readLength);
            if (read != null) {
                System.arraycopy(in, 0, read, readOffset, in.length);
            }
            return in.length;
        });
    }

    private static byte[] exchange(I2cDevice open, byte[] out, int delayNanos, int length) {
        if (length == 0) {
            write(open, out);
            return new byte[0];
        }
        if (delayNanos > 0 && out.length > 0) {
            write(open, out);
            LockSupport.parkNanos(delayNanos);
            return read(open, new byte[0], length);
        }
        return read(open, out, length);
    }

    private static int write(I2cDevice open, byte[] bytes) {
        if (open.transfers()) {
            open.transfer(bytes, 0);
        } else if (bytes.length == 1) {
            open.writeByte(Byte.toUnsignedInt(bytes[0]));
        } else if (bytes.length == 2) {
            open.writeByte(Byte.toUnsignedInt(bytes[0]), bytes[1]);
        } else {
            open.writeBlock(
                    Byte.toUnsignedInt(bytes[0]), Arrays.copyOfRange(bytes, 1, bytes.length));
        }
        return bytes.length;
    }

    private static byte[] read(I2cDevice open, byte[] out, int length) {
        if (!open.transfers() && out.length == 1 && length <= SMBUS_BLOCK) {
            return open.readBlock(Byte.toUnsignedInt(out[0]), length);
        }
        if (!open.transfers() && out.length == 0 && length == 1) {
            return new byte[] {(byte) open.readByte()};
        }
        return open.transfer(out, length);
    }

    @Override
    public void close() {
        I2cDevice open = device;
        device = null;
        if (open != null) {
            open.close();
        }
        super.close();
    }
}
