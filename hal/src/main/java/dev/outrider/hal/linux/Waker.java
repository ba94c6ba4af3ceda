package dev.outrider.hal.linux;

import static dev.outrider.hal.linux.Struct.U64;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Wakes a thread out of poll: an eventfd (linux/eventfd.h), readable from waking until calmed. */
final class Waker implements AutoCloseable {

    private final Descriptor event =
            new Descriptor(
                    Libc.eventfd(Descriptor.CLOSE_ON_EXEC | Descriptor.NON_BLOCKING), "eventfd");
    private final MemorySegment one = Arena.ofAuto().allocate(U64);
    private final MemorySegment count = Arena.ofAuto().allocate(U64);

    Waker() {
        one.set(U64, 0, 1);
    }

    int number() {
        return event.number();
    }

    void wake() {
        event.write(one, one.byteSize());
    }

    void calm() {
        event.read(count);
    }

    @Override
    public void close() {
        event.close();
    }
}
