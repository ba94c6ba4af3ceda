package dev.outrider.hal.linux;

import static dev.outrider.hal.linux.Struct.U16;
import static dev.outrider.hal.linux.Struct.U64;
import static dev.outrider.hal.linux.Struct.U8;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/**
 * One device on an I2C bus, spoken to through i2c-dev. Registers go by SMBus calls, which every
 * adapter knows and which allocate nothing; free transfers need an adapter that does plain I2C.
 */
public final class I2cDevice implements AutoCloseable {

    private static final Ioctl SLAVE = new Ioctl(0x0703);
    private static final Ioctl FUNCTIONS = new Ioctl(0x0705);
    private static final long PLAIN_I2C = 1;
    private static final int LOWEST = 0x08;
    private static final int HIGHEST = 0x77;
    private static final int LONGEST_TRANSFER = 8192;

    private final Descriptor device;
    private final int address;
    private final SmbusCall smbus = new SmbusCall();
    private final boolean plain;

    private I2cDevice(Descriptor device, int address) {
        this.device = device;
        this.address = address;
        this.plain = (functions(device) & PLAIN_I2C) != 0;
    }

    /**
     * Opens a device by its bus's device file, such as {@code /dev/i2c-1}, and its seven-bit
     * address.
     *
     * @throws LinuxException with EBUSY if a kernel driver holds the address
     */
    public static I2cDevice open(Path bus, int address) {
        if (address < LOWEST || address > HIGHEST) {
            throw new IllegalArgumentException(
                    "an I2C address lies within 0x08..0x77, not 0x%02x".formatted(address));
        }
        Descriptor device =
                Descriptor.open(
                        bus, Descriptor.READ_WRITE, "%s device 0x%02x".formatted(bus, address));
        try {
            device.ioctl(SLAVE, MemorySegment.ofAddress(address));
            return new I2cDevice(device, address);
        } catch (RuntimeException e) {
            device.close();
            throw e;
        }
    }

    /**
     * The device file of the bus whose adapter has that name.
     *
     * @throws IllegalArgumentException naming the adapters there are, if none fits
     */
    public static Path bus(String adapter) {
        List<Path> buses = SysfsFile.entries(Path.of("/sys/bus/i2c/devices"), "i2c-*");
        return buses.stream()
                .filter(bus -> SysfsFile.read(bus.resolve("name")).equals(adapter))
                .map(bus -> Path.of("/dev", bus.getFileName().toString()))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "no I2C adapter is called %s, only %s"
                                        .formatted(adapter, names(buses))));
    }

    private static List<String> names(List<Path> buses) {
        return buses.stream().map(bus -> SysfsFile.read(bus.resolve("name"))).toList();
    }

    private static long functions(Descriptor device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment functions = arena.allocate(U64);
            device.ioctl(FUNCTIONS, functions);
            return functions.get(U64, 0);
        }
    }

    /** Reads one byte from a register, 0..255. */
    public synchronized int readByte(int register) {
        smbus.run(device, SmbusCall.READ, register, SmbusCall.BYTE_DATA);
        return Byte.toUnsignedInt(smbus.data.get(U8, 0));
    }

    /** Writes one byte to a register. */
    public synchronized void writeByte(int register, int value) {
        smbus.data.set(U8, 0, (byte) value);
        smbus.run(device, SmbusCall.WRITE, register, SmbusCall.BYTE_DATA);
    }

    /** Reads two bytes from a register, the first one low, 0..65535. */
    public synchronized int readWord(int register) {
        smbus.run(device, SmbusCall.READ, register, SmbusCall.WORD_DATA);
        return Short.toUnsignedInt(smbus.data.get(U16, 0));
    }

    /** Writes two bytes to a register, the low one first. */
    public synchronized void writeWord(int register, int value) {
        smbus.data.set(U16, 0, (short) value);
        smbus.run(device, SmbusCall.WRITE, register, SmbusCall.WORD_DATA);
    }

    /** Reads 1..32 bytes from a register on. */
    public synchronized byte[] readBlock(int register, int length) {
        requireBlock(length);
        smbus.data.set(U8, 0, (byte) length);
        smbus.run(device, SmbusCall.READ, register, SmbusCall.I2C_BLOCK_DATA);
        return smbus.data.asSlice(1, Byte.toUnsignedInt(smbus.data.get(U8, 0))).toArray(U8);
    }

    /** Writes 1..32 bytes from a register on. */
    public synchronized void writeBlock(int register, byte[] bytes) {
        requireBlock(bytes.length);
        smbus.data.set(U8, 0, (byte) bytes.length);
        MemorySegment.copy(bytes, 0, smbus.data, U8, 1, bytes.length);
        smbus.run(device, SmbusCall.WRITE, register, SmbusCall.I2C_BLOCK_DATA);
    }

    private static void requireBlock(int length) {
        if (length < 1 || length > SmbusCall.LONGEST_BLOCK) {
            throw new IllegalArgumentException("a block has 1..32 bytes, not " + length);
        }
    }

    /** Reads the next byte of a device without registers, 0..255. */
    public synchronized int readByte() {
        smbus.run(device, SmbusCall.READ, 0, SmbusCall.BYTE);
        return Byte.toUnsignedInt(smbus.data.get(U8, 0));
    }

    /** Writes one byte to a device without registers. */
    public synchronized void writeByte(int value) {
        smbus.run(device, SmbusCall.WRITE, value, SmbusCall.BYTE);
    }

    /** Whether the adapter does {@link #transfer}. */
    public boolean transfers() {
        return plain;
    }

    /**
     * Writes bytes, then reads others with a repeated start between; either may be none, but not
     * both.
     *
     * @throws UnsupportedOperationException if the adapter speaks SMBus only
     */
    public synchronized byte[] transfer(byte[] written, int readLength) {
        if (!plain) {
            throw new UnsupportedOperationException(
                    device.name() + ": this adapter speaks SMBus only; use register calls");
        }
        if (written.length + readLength == 0
                || readLength < 0
                || written.length > LONGEST_TRANSFER
                || readLength > LONGEST_TRANSFER) {
            throw new IllegalArgumentException("a transfer has 1..8192 bytes each way");
        }
        return I2cTransfer.run(device, address, written, readLength);
    }

    @Override
    public void close() {
        device.close();
    }
}
