package dev.outrider.hal.linux;

import static dev.outrider.hal.linux.Struct.U16;
import static dev.outrider.hal.linux.Struct.U32;
import static dev.outrider.hal.linux.Struct.U64;
import static dev.outrider.hal.linux.Struct.U8;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** A device on an SPI bus, through spidev. Transfers allocate nothing native. */
public final class SpiDevice implements AutoCloseable {

    /** {@code struct spi_ioc_transfer} of linux/spi/spidev.h. */
    static final MemoryLayout TRANSFER =
            MemoryLayout.structLayout(
                    U64.withName("tx_buf"),
                    U64.withName("rx_buf"),
                    U32.withName("len"),
                    U32.withName("speed_hz"),
                    U16.withName("delay_usecs"),
                    U8.withName("bits_per_word"),
                    U8.withName("cs_change"),
                    U8.withName("tx_nbits"),
                    U8.withName("rx_nbits"),
                    U8.withName("word_delay_usecs"),
                    U8.withName("pad"));

    static final Ioctl MESSAGE = Ioctl.write('k', 0, TRANSFER);

    /** The most bytes in one transfer: spidev's own buffer, unless it was loaded with another. */
    public static final int LONGEST = 4096;

    private static final Ioctl WRITE_MODE = Ioctl.write('k', 5, U32);
    private static final Ioctl WRITE_SPEED = Ioctl.write('k', 4, U32);
    private static final long LENGTH = Struct.offset(TRANSFER, "len");

    private final Descriptor device;
    private final MemorySegment sent = Arena.ofAuto().allocate(LONGEST);
    private final MemorySegment received = Arena.ofAuto().allocate(LONGEST);
    private final MemorySegment transfer = Arena.ofAuto().allocate(TRANSFER);

    private SpiDevice(Descriptor device, int hertz) {
        this.device = device;
        transfer.set(U64, Struct.offset(TRANSFER, "tx_buf"), sent.address());
        transfer.set(U64, Struct.offset(TRANSFER, "rx_buf"), received.address());
        transfer.set(U32, Struct.offset(TRANSFER, "speed_hz"), hertz);
        transfer.set(U8, Struct.offset(TRANSFER, "bits_per_word"), (byte) 8);
    }

    /**
     * Opens a device.
     *
     * @param path such as {@code /dev/spidev0.0}
     * @param mode clock polarity and phase, 0..3, and other {@code SPI_*} bits of linux/spi/spi.h
     * @param hertz the fastest clock it takes
     */
    public static SpiDevice open(Path path, int mode, int hertz) {
        Descriptor device = Descriptor.open(path, Descriptor.READ_WRITE);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(U32);
            value.set(U32, 0, mode);
            device.ioctl(WRITE_MODE, value);
            value.set(U32, 0, hertz);
            device.ioctl(WRITE_SPEED, value);
            return new SpiDevice(device, hertz);
        } catch (RuntimeException e) {
            device.close();
            throw e;
        }
    }

    /** Sends so many bytes and receives as many at the same time. */
    public synchronized void transfer(
            byte[] out, int outOffset, byte[] in, int inOffset, int length) {
        if (length < 1 || length > LONGEST) {
            throw new IllegalArgumentException("a transfer has 1..4096 bytes, not " + length);
        }
        MemorySegment.copy(out, outOffset, sent, U8, 0, length);
        transfer.set(U32, LENGTH, length);
        device.ioctl(MESSAGE, transfer);
        MemorySegment.copy(received, U8, 0, in, inOffset, length);
    }

    @Override
    public void close() {
        device.close();
    }
}
