package dev.outrider.hal.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** An open file of the kernel's. Closed once; using it afterwards fails with EBADF. */
final class Descriptor implements AutoCloseable {

    static final int READ_ONLY = 0;
    static final int WRITE_ONLY = 1;
    static final int READ_WRITE = 2;
    static final int NO_CONTROLLING_TERMINAL = 0x100;
    static final int NON_BLOCKING = 0x800;
    static final int CLOSE_ON_EXEC = 0x80000;

    /** {@code struct pollfd} of poll.h: the descriptor, events asked for, events seen. */
    static final MemoryLayout POLL =
            MemoryLayout.structLayout(
                    ValueLayout.JAVA_INT.withName("fd"),
                    ValueLayout.JAVA_SHORT.withName("events"),
                    ValueLayout.JAVA_SHORT.withName("revents"));

    static final short READABLE = 1;

    private static final int CLOSED = -1;
    private static final long POLL_EVENTS = 4;

    private final AtomicInteger fd;
    private final String name;

    Descriptor(int fd, String name) {
        this.fd = new AtomicInteger(fd);
        this.name = name;
    }

    /** Opens a device file, closed by itself in child processes. */
    static Descriptor open(Path path, int flags) {
        return open(path, flags, path.toString());
    }

    /** The same under another name for messages. */
    static Descriptor open(Path path, int flags, String name) {
        return new Descriptor(Libc.open(path.toString(), flags | CLOSE_ON_EXEC), name);
    }

    int number() {
        return fd.get();
    }

    String name() {
        return name;
    }

    int ioctl(Ioctl request, MemorySegment argument) {
        return Libc.ioctl(fd.get(), request.number(), argument, name);
    }

    long read(MemorySegment buffer) {
        return Libc.read(fd.get(), buffer, name);
    }

    /** Writes that many bytes from the beginning of the buffer, in one call. */
    long write(MemorySegment buffer, long length) {
        return Libc.write(fd.get(), buffer, length, name);
    }

    /** Waits until there is something to read; whether there is. */
    boolean awaitReadable(Duration timeout) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment poll = arena.allocate(POLL);
            poll.set(ValueLayout.JAVA_INT, 0, fd.get());
            poll.set(ValueLayout.JAVA_SHORT, POLL_EVENTS, READABLE);
            long end = System.nanoTime() + timeout.toNanos();
            while (true) {
                long left = Math.max(0, Math.ceilDiv(end - System.nanoTime(), 1_000_000));
                if (Libc.poll(poll, 1, (int) Math.min(left, Integer.MAX_VALUE)) > 0) {
                    return true;
                }
                if (left == 0) {
                    return false;
                }
            }
        }
    }

    @Override
    public void close() {
        int open = fd.getAndSet(CLOSED);
        if (open != CLOSED) {
            Libc.close(open, name);
        }
    }
}
