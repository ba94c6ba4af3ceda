package dev.outrider.hal.pi4j;

import com.pi4j.context.Context;
import com.pi4j.exception.InitializeException;
import com.pi4j.exception.ShutdownException;
import com.pi4j.io.exception.IOException;
import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiBase;
import com.pi4j.io.spi.SpiConfig;
import com.pi4j.io.spi.SpiProvider;
import dev.outrider.hal.linux.LinuxException;
import dev.outrider.hal.linux.SpiDevice;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An SPI device. Writing first and reading then is one transfer in which zeros are sent last. */
final class LinuxSpi extends SpiBase {

    private @Nullable SpiDevice device;

    LinuxSpi(SpiProvider provider, SpiConfig config) {
        super(provider, config);
    }

    @Override
    public Spi initialize(Context context) throws InitializeException {
        try {
            open();
        } catch (RuntimeException e) {
            throw new InitializeException(e);
        }
        return super.initialize(context);
    }

    @Override
    public void open() {
        if (device == null) {
            String path = "/dev/spidev%d.%d".formatted(config.bus().getBus(), config.channel());
            device = SpiDevice.open(Path.of(path), config.mode().getMode(), config.baud());
            isOpen = true;
        }
    }

    @Override
    public int transfer(byte[] out, int outOffset, byte[] in, int inOffset, int length) {
        SpiDevice open = device;
        if (open == null) {
            throw new IOException(config.id() + " is closed");
        }
        try {
            open.transfer(out, outOffset, in, inOffset, length);
        } catch (LinuxException e) {
            throw new IOException(e.getMessage(), e);
        }
        return length;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        transfer(one);
        return Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int write(byte value) {
        return transfer(new byte[] {value});
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
        byte[] both = new byte[writeLength + readLength];
        if (written != null) {
            System.arraycopy(written, writeOffset, both, 0, writeLength);
        }
        transfer(both);
        if (read != null) {
            System.arraycopy(both, writeLength, read, readOffset, readLength);
        }
    }

    @Override
    public Spi shutdownInternal(Context context) throws ShutdownException {
        close();
        return super.shutdownInternal(context);
    }

    @Override
    public void close() {
        SpiDevice open = device;
        device = null;
        if (open != null) {
            open.close();
        }
        super.close();
    }
}
