package dev.outrider.hal.linux;

import static dev.outrider.hal.linux.Struct.U16;
import static dev.outrider.hal.linux.Struct.U32;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Optional;

/** A raw CAN socket on one interface, such as {@code can0}. */
public final class CanSocket implements AutoCloseable {

    /** {@code struct sockaddr_can} of linux/can.h. */
    static final MemoryLayout ADDRESS =
            MemoryLayout.structLayout(
                    U16.withName("can_family"),
                    MemoryLayout.paddingLayout(2),
                    U32.withName("can_ifindex"),
                    Struct.words("can_addr", 4));

    private static final int FAMILY = 29;
    private static final int RAW = 3;
    private static final int CAN_RAW = 1;

    private final Descriptor socket;
    private final MemorySegment in = Arena.ofAuto().allocate(CanFrame.LAYOUT);
    private final MemorySegment out = Arena.ofAuto().allocate(CanFrame.LAYOUT);

    private CanSocket(Descriptor socket) {
        this.socket = socket;
    }

    /**
     * Opens a socket.
     *
     * @throws LinuxException if there is no such interface, or it does not speak CAN
     */
    public static CanSocket open(String network) {
        int index = Libc.interfaceIndex(network);
        int fd = Libc.socket(FAMILY, RAW | Descriptor.CLOSE_ON_EXEC, CAN_RAW, network);
        var socket = new Descriptor(fd, network);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(ADDRESS);
            address.set(U16, 0, (short) FAMILY);
            address.set(U32, Struct.offset(ADDRESS, "can_ifindex"), index);
            Libc.bind(fd, address, network);
            return new CanSocket(socket);
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    public void send(CanFrame frame) {
        synchronized (out) {
            frame.encode(out);
            socket.write(out, out.byteSize());
        }
    }

    /** The next frame; empty if none comes in time. For one receiver at a time. */
    public Optional<CanFrame> receive(Duration timeout) {
        if (!socket.awaitReadable(timeout)) {
            return Optional.empty();
        }
        synchronized (in) {
            socket.read(in);
            return Optional.of(CanFrame.decode(in));
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
