package dev.outrider.hal.linux;

import static dev.outrider.hal.linux.Struct.U32;
import static dev.outrider.hal.linux.Struct.U8;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A serial line, raw, eight bits, no parity, one stop bit, at any speed. For one reader at a time.
 */
public final class SerialPort implements AutoCloseable {

    /** {@code struct termios2} of asm-generic/termbits.h. */
    static final MemoryLayout TERMIOS2 =
            MemoryLayout.structLayout(
                    U32.withName("c_iflag"),
                    U32.withName("c_oflag"),
                    U32.withName("c_cflag"),
                    U32.withName("c_lflag"),
                    U8.withName("c_line"),
                    MemoryLayout.sequenceLayout(19, U8).withName("c_cc"),
                    U32.withName("c_ispeed"),
                    U32.withName("c_ospeed"));

    static final Ioctl GET = Ioctl.read('T', 0x2A, TERMIOS2);
    static final Ioctl SET = Ioctl.write('T', 0x2B, TERMIOS2);

    private static final int SPEED_IN_FIELD = 0x1000;
    private static final int EIGHT_BITS = 0x30;
    private static final int RECEIVE = 0x80;
    private static final int NO_MODEM_LINES = 0x800;
    private static final int BUFFER = 4096;
    private static final double SPEED_TOLERANCE = 0.03;

    private final Descriptor line;
    private final MemorySegment in = Arena.ofAuto().allocate(BUFFER);
    private final MemorySegment out = Arena.ofAuto().allocate(BUFFER);

    private SerialPort(Descriptor line) {
        this.line = line;
    }

    /**
     * Opens a line.
     *
     * @param baud bits per second; need not be one of the traditional speeds
     * @throws IllegalArgumentException if the line comes no nearer than 3 % to that speed
     */
    public static SerialPort open(Path path, int baud) {
        Descriptor line =
                Descriptor.open(
                        path,
                        Descriptor.READ_WRITE
                                | Descriptor.NO_CONTROLLING_TERMINAL
                                | Descriptor.NON_BLOCKING);
        try {
            configure(line, baud);
            return new SerialPort(line);
        } catch (RuntimeException e) {
            line.close();
            throw e;
        }
    }

    private static void configure(Descriptor line, int baud) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment termios = arena.allocate(TERMIOS2);
            line.ioctl(GET, termios);
            termios.set(U32, Struct.offset(TERMIOS2, "c_iflag"), 0);
            termios.set(U32, Struct.offset(TERMIOS2, "c_oflag"), 0);
            termios.set(U32, Struct.offset(TERMIOS2, "c_lflag"), 0);
            termios.set(
                    U32,
                    Struct.offset(TERMIOS2, "c_cflag"),
                    SPEED_IN_FIELD | EIGHT_BITS | RECEIVE | NO_MODEM_LINES);
            termios.set(U32, Struct.offset(TERMIOS2, "c_ispeed"), baud);
            termios.set(U32, Struct.offset(TERMIOS2, "c_ospeed"), baud);
            line.ioctl(SET, termios);
            line.ioctl(GET, termios);
            requireSpeed(line, baud, termios.get(U32, Struct.offset(TERMIOS2, "c_ospeed")));
        }
    }

    private static void requireSpeed(Descriptor line, int wanted, int got) {
        if (Math.abs(got - wanted) > wanted * SPEED_TOLERANCE) {
            throw new IllegalArgumentException(
                    "%s cannot do %d baud, the nearest is %d".formatted(line.name(), wanted, got));
        }
    }

    /** Writes bytes; returns how many the line has taken, none if it is full. */
    public synchronized int write(byte[] bytes, int offset, int length) {
        int count = Math.min(length, BUFFER);
        MemorySegment.copy(bytes, offset, out, U8, 0, count);
        try {
            return (int) line.write(out, count);
        } catch (LinuxException e) {
            if (e.errno() == LinuxException.EAGAIN) {
                return 0;
            }
            throw e;
        }
    }

    /** Reads what has come in, into the array from its start; 0 if nothing comes in time. */
    public int read(byte[] bytes, Duration timeout) {
        if (!line.awaitReadable(timeout)) {
            return 0;
        }
        int count = (int) line.read(in.asSlice(0, Math.min(bytes.length, BUFFER)));
        MemorySegment.copy(in, U8, 0, bytes, 0, count);
        return count;
    }

    @Override
    public void close() {
        line.close();
    }
}
