package dev.outrider.hal.linux;

import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the edges of any number of inputs on one thread, asleep in poll while nothing happens, and
 * hands them on without allocating.
 */
public final class EdgePump implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(EdgePump.class.getName());
    private static final int EVENTS_A_READ = 64;
    private static final int FOREVER = -1;
    private static final long SEEN = Struct.offset(Descriptor.POLL, "revents");

    /** One input being watched. */
    private static final class Watch {
        final GpioInput input;
        final EdgeListener listener;
        int last;

        Watch(GpioInput input, EdgeListener listener) {
            this.input = input;
            this.listener = listener;
        }
    }

    private final Arena arena = Arena.ofShared();
    private final MemorySegment events =
            arena.allocate(MemoryLayout.sequenceLayout(EVENTS_A_READ, GpioLineEvent.LAYOUT));
    private final Waker waker = new Waker();
    private final Thread thread;
    private final List<Watch> watched = new ArrayList<>();
    private List<Watch> polled = List.of();
    private boolean changed = true;
    private boolean closed;

    /** Starts the pump's thread. */
    public EdgePump() {
        thread = Thread.ofPlatform().name("gpio-edges").daemon().start(this::run);
    }

    /** Hands on the edges of an input that was asked for with edges. */
    public void add(GpioInput input, EdgeListener listener) {
        change(() -> watched.add(new Watch(input, listener)));
    }

    /** Stops handing on its edges; when this returns, the listener is not called any more. */
    public void remove(GpioInput input) {
        change(() -> watched.removeIf(watch -> watch.input == input));
    }

    private void change(Runnable change) {
        synchronized (watched) {
            if (closed) {
                throw new IllegalStateException("the edge pump is closed");
            }
            change.run();
            changed = true;
            waker.wake();
            if (!Thread.currentThread().equals(thread)) {
                awaitUnchanged();
            }
        }
    }

    private void awaitUnchanged() {
        boolean interrupted = false;
        while (changed && !closed) {
            try {
                watched.wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the thread. The inputs stay open. */
    @Override
    public void close() {
        synchronized (watched) {
            if (!closed) {
                closed = true;
                watched.notifyAll();
                waker.wake();
            }
        }
        if (!Thread.currentThread().equals(thread)) {
            joinThread();
        }
    }

    private void joinThread() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        MemorySegment descriptors = MemorySegment.NULL;
        try (waker;
                arena) {
            while (true) {
                synchronized (watched) {
                    if (closed) {
                        return;
                    }
                    if (changed) {
                        polled = List.copyOf(watched);
                        descriptors = descriptors(polled);
                        changed = false;
                        watched.notifyAll();
                    }
                }
                Libc.poll(descriptors, polled.size() + 1L, FOREVER);
                pump(descriptors);
            }
        }
    }

    /** The waker first, then the inputs; made anew only when the set of inputs changes. */
    private MemorySegment descriptors(List<Watch> watches) {
        MemorySegment descriptors =
                Arena.ofAuto()
                        .allocate(
                                MemoryLayout.sequenceLayout(watches.size() + 1L, Descriptor.POLL));
        poll(descriptors, 0, waker.number());
        for (int index = 0; index < watches.size(); index++) {
            poll(descriptors, index + 1, watches.get(index).input.descriptor().number());
        }
        return descriptors;
    }

    private static void poll(MemorySegment descriptors, int index, int fd) {
        long at = index * Descriptor.POLL.byteSize();
        descriptors.set(ValueLayout.JAVA_INT, at, fd);
        descriptors.set(
                ValueLayout.JAVA_SHORT,
                at + Struct.offset(Descriptor.POLL, "events"),
                Descriptor.READABLE);
    }

    private void pump(MemorySegment descriptors) {
        if (seen(descriptors, 0)) {
            waker.calm();
        }
        for (int index = 0; index < polled.size(); index++) {
            if (seen(descriptors, index + 1)) {
                read(polled.get(index));
            }
        }
    }

    private static boolean seen(MemorySegment descriptors, int index) {
        long at = index * Descriptor.POLL.byteSize() + SEEN;
        return descriptors.get(ValueLayout.JAVA_SHORT, at) != 0;
    }

    private void read(Watch watch) {
        try {
            long length = watch.input.descriptor().read(events);
            for (long at = 0; at < length; at += GpioLineEvent.LAYOUT.byteSize()) {
                handOn(watch, at);
            }
        } catch (LinuxException e) {
            LOG.log(Level.ERROR, "an input cannot be read any more and is not watched", e);
            remove(watch.input);
        }
    }

    private void handOn(Watch watch, long at) {
        int sequence = events.get(Struct.U32, at + GpioLineEvent.SEQUENCE);
        int lost = sequence - watch.last - 1;
        watch.last = sequence;
        try {
            watch.listener.edge(
                    events.get(Struct.U32, at + GpioLineEvent.ID) == GpioLineEvent.RISING,
                    events.get(Struct.U64, at + GpioLineEvent.TIMESTAMP),
                    sequence,
                    lost);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "an edge listener failed", e);
        }
    }
}
