package dev.outrider.hal.linux;

import static dev.outrider.hal.linux.Struct.U32;
import static dev.outrider.hal.linux.Struct.U8;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A watchdog timer (linux/watchdog.h): opening it starts it, and the machine resets unless it is
 * fed in time. Only {@link #disarm()} stops it; closing it, or dying, lets it run out.
 */
public final class HardwareWatchdog implements AutoCloseable {

    /** {@code struct watchdog_info}. */
    static final MemoryLayout INFO =
            MemoryLayout.structLayout(
                    U32.withName("options"),
                    U32.withName("firmware_version"),
                    Struct.text("identity", 32));

    private static final Ioctl SUPPORT = Ioctl.read('W', 0, INFO);
    private static final Ioctl KEEP_ALIVE = Ioctl.read('W', 5, U32);
    private static final Ioctl SET_TIMEOUT = Ioctl.readWrite('W', 6, U32);
    private static final int MAGIC_CLOSE = 0x100;

    private final Descriptor device;
    private final String identity;
    private final boolean disarmable;
    private final Duration timeout;
    private final MemorySegment word = Arena.ofAuto().allocate(U32);

    private HardwareWatchdog(Descriptor device, Duration wanted) {
        this.device = device;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(INFO);
            device.ioctl(SUPPORT, info);
            identity = Struct.text(info, INFO, "identity");
            disarmable = (info.get(U32, 0) & MAGIC_CLOSE) != 0;
        }
        word.set(U32, 0, (int) wanted.toSeconds());
        device.ioctl(SET_TIMEOUT, word);
        timeout = Duration.ofSeconds(word.get(U32, 0));
    }

    /**
     * Opens and starts a watchdog.
     *
     * @param timeout in whole seconds, one at least; the hardware may take another, see {@link
     *     #timeout()}
     */
    public static HardwareWatchdog open(Path path, Duration timeout) {
        if (timeout.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "a watchdog needs a second at least, not " + timeout);
        }
        Descriptor device = Descriptor.open(path, Descriptor.WRITE_ONLY);
        try {
            return new HardwareWatchdog(device, timeout);
        } catch (RuntimeException e) {
            device.close();
            throw e;
        }
    }

    /** What it calls itself. */
    public String identity() {
        return identity;
    }

    /** The time it really waits. */
    public Duration timeout() {
        return timeout;
    }

    /** Starts the time anew. */
    public synchronized void feed() {
        device.ioctl(KEEP_ALIVE, word);
    }

    /**
     * Stops it and closes it.
     *
     * @throws UnsupportedOperationException if it cannot be stopped once started; it goes on
     *     running
     */
    public void disarm() {
        if (!disarmable) {
            throw new UnsupportedOperationException(identity + " cannot be stopped once started");
        }
        try (Arena arena = Arena.ofConfined()) {
            device.write(arena.allocateFrom(U8, (byte) 'V'), 1);
        }
        device.close();
    }

    @Override
    public void close() {
        device.close();
    }
}
