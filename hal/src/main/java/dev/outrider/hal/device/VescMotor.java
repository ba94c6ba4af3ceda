package dev.outrider.hal.device;

import dev.outrider.hal.device.PwmMotor.Rest;
import dev.outrider.hal.linux.CanFrame;
import dev.outrider.hal.linux.CanSocket;
import dev.outrider.hal.linux.LinuxException;
import dev.outrider.hal.part.Encoder;
import dev.outrider.hal.part.Motor;
import dev.outrider.hal.part.PartException;
import dev.outrider.hal.part.PartSheet;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A motor on a VESC controller on a CAN bus (documentation/comm_can.md of the VESC firmware):
 * extended identifiers of a command and the controller's number, values in big-endian order. The
 * controller must send status 5 (tachometer and voltage), from which the motor's turns are counted,
 * six ticks an electrical turn. It lets go of the motor by itself when it hears nothing for its own
 * time limit, a second unless set otherwise.
 */
public final class VescMotor implements Motor, Encoder {

    /** Somewhere to send frames to and hear frames from. */
    public interface Link {

        void send(CanFrame frame);

        /** Hands on every frame that comes in from now on. */
        void listen(Consumer<CanFrame> listener);
    }

    public static final int MOST_ID = 0xFF;

    private static final int SET_DUTY = 0;
    private static final int SET_CURRENT = 1;
    private static final int SET_BRAKE_SHARE = 11;
    private static final int STATUS_5 = 27;
    private static final int STATUS_5_LENGTH = 6;
    private static final double STEPS_A_SHARE = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final String name;
    private final Link link;
    private final int id;
    private final Rest rest;
    private final Object heard = new Object();
    private boolean any;
    private long heardNanos;
    private int tachometer;
    private long ticks;
    private double volts;

    /**
     * Waits for the controller's first status, and puts the motor to rest.
     *
     * @param id the controller's number, 0..255
     * @throws PartException if no status comes
     */
    public VescMotor(String name, Link link, int id, Rest rest) {
        if (id < 0 || id > MOST_ID) {
            throw new IllegalArgumentException("a VESC's number lies within 0..255, not " + id);
        }
        this.name = name;
        this.link = link;
        this.id = id;
        this.rest = rest;
        link.listen(this::take);
        rest();
        awaitStatus();
    }

    /** The frame that puts a controller's motor to rest. */
    public static CanFrame restFrame(int id, Rest rest) {
        return rest == Rest.BRAKE
                ? command(id, SET_BRAKE_SHARE, (int) STEPS_A_SHARE)
                : command(id, SET_CURRENT, 0);
    }

    private static CanFrame command(int id, int command, int value) {
        long bytes = Integer.toUnsignedLong(Integer.reverseBytes(value));
        return new CanFrame(command << Byte.SIZE | id, true, Integer.BYTES, bytes);
    }

    private void awaitStatus() {
        synchronized (heard) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            try {
                for (long left = PATIENCE.toMillis();
                        !any && left > 0;
                        left = (end - System.nanoTime()) / 1_000_000) {
                    heard.wait(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        requireHeard("open");
    }

    private void requireHeard(String attempted) {
        synchronized (heard) {
            if (!any || System.nanoTime() - heardNanos > PATIENCE.toNanos()) {
                throw new PartException(
                        name,
                        attempted,
                        "controller %d has sent no status 5 within %s; is it on, and is that status switched on?"
                                .formatted(id, PATIENCE));
            }
        }
    }

    /** Takes one frame from the bus; what is not this controller's status is let go by. */
    private void take(CanFrame frame) {
        if (!frame.extended()
                || frame.id() != (STATUS_5 << Byte.SIZE | id)
                || frame.length() < STATUS_5_LENGTH) {
            return;
        }
        long bytes = Long.reverseBytes(frame.data());
        int count = (int) (bytes >> Integer.SIZE);
        synchronized (heard) {
            ticks += any ? count - tachometer : 0;
            tachometer = count;
            volts = (short) (bytes >> Short.SIZE) / 10.0;
            heardNanos = System.nanoTime();
            any = true;
            heard.notifyAll();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PartSheet sheet() {
        return PartSheet.actuator(
                "motor with encoder",
                rest.safeState(),
                PartSheet.commanded("power", "share", -1, 1),
                PartSheet.measured("ticks", "ticks", Long.MIN_VALUE, Long.MAX_VALUE));
    }

    @Override
    public void power(double share) {
        if (!(Math.abs(share) <= 1)) {
            throw new IllegalArgumentException("a motor's power lies within -1..1, not " + share);
        }
        requireHeard("power " + share);
        send("power " + share, command(id, SET_DUTY, (int) Math.round(share * STEPS_A_SHARE)));
    }

    @Override
    public void rest() {
        send("rest", restFrame(id, rest));
    }

    private void send(String attempted, CanFrame frame) {
        try {
            link.send(frame);
        } catch (LinuxException e) {
            throw new PartException(name, attempted, e);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws PartException if the controller has not been heard of for a second
     */
    @Override
    public long ticks() {
        requireHeard("count");
        synchronized (heard) {
            return ticks;
        }
    }

    /** The voltage the controller runs on. */
    public double volts() {
        requireHeard("measure");
        synchronized (heard) {
            return volts;
        }
    }

    /** A CAN network that any number of controllers share, listened to on a thread of its own. */
    public static final class Bus implements Link, AutoCloseable {

        private static final System.Logger LOG = System.getLogger(VescMotor.class.getName());
        private static final Duration LISTENING = Duration.ofMillis(100);

        private final CanSocket socket;
        private final List<Consumer<CanFrame>> listeners = new CopyOnWriteArrayList<>();
        private final Thread thread;
        private volatile boolean closed;

        /** Takes over the socket. */
        public Bus(String network) {
            this.socket = CanSocket.open(network);
            this.thread = Thread.ofPlatform().name("can-" + network).daemon().start(this::run);
        }

        @Override
        public void send(CanFrame frame) {
            socket.send(frame);
        }

        @Override
        public void listen(Consumer<CanFrame> listener) {
            listeners.add(listener);
        }

        private void run() {
            while (!closed) {
                try {
                    socket.receive(LISTENING)
                            .ifPresent(frame -> listeners.forEach(each -> each.accept(frame)));
                } catch (IllegalArgumentException e) {
                    LOG.log(Level.WARNING, "a CAN frame makes no sense and is left out", e);
                } catch (LinuxException e) {
                    LOG.log(Level.ERROR, "the CAN bus cannot be heard any more", e);
                    return;
                }
            }
        }

        @Override
        public void close() {
            closed = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            socket.close();
        }
    }
}
