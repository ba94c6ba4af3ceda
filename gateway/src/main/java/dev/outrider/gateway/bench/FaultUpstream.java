package dev.outrider.gateway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A model server on the loopback that answers by a script and counts what it is asked. */
public final class FaultUpstream implements AutoCloseable {

    private final String name;
    private final ServerSocket listener;
    private final boolean recording;
    private final Thread acceptor;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicLong lastLeftNanos = new AtomicLong();
    private volatile long lastSentNanos;
    private volatile Script script = Script.RIGHT;

    /** A request as it came: its head, lines ended by CR LF, and its body. */
    public record Asked(String head, String body) {}

    private FaultUpstream(String name, ServerSocket listener, boolean recording) {
        this.name = name;
        this.listener = listener;
        this.recording = recording;
        this.acceptor = Thread.ofVirtual().name("fault-upstream").unstarted(this::accept);
    }

    /**
     * Listens.
     *
     * @param name begins each of its tokens
     * @param port 0 for a free one
     * @param recording whether to keep what is asked
     */
    public static FaultUpstream listen(String name, int port, boolean recording) {
        try {
            ServerSocket listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 4096);
            FaultUpstream upstream = new FaultUpstream(name, listener, recording);
            upstream.acceptor.start();
            return upstream;
        } catch (IOException e) {
            throw new UncheckedIOException("the upstream cannot listen on port " + port, e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                if (listener.isClosed()) {
                    socket.close();
                    return;
                }
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException("the upstream cannot accept", e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            new FaultConnection(this, socket).serve();
        } catch (IOException e) {
            lastLeftNanos.set(System.nanoTime()); // the other side left, which is what is measured
        } finally {
            open.remove(socket);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/v1");
    }

    public int port() {
        return listener.getLocalPort();
    }

    public String name() {
        return name;
    }

    /** From now on. */
    public void behave(Script newScript) {
        script = newScript;
    }

    Script script() {
        return script;
    }

    /** The text of its right answer. */
    public String rightText() {
        return new Answers(name, script.tokens()).text();
    }

    public List<Asked> asked() {
        return asked;
    }

    /** Requests received. */
    public int calls() {
        return calls.get();
    }

    /** Requests it still works on. */
    public int running() {
        return running.get();
    }

    /** When a caller last left before its answer was complete, by {@link System#nanoTime}. */
    public long lastLeftNanos() {
        return lastLeftNanos.get();
    }

    /** Whether it made no progress in sending for a tenth of a second. */
    public boolean blocked() {
        return System.nanoTime() - lastSentNanos > 100_000_000L;
    }

    void sent() {
        lastSentNanos = System.nanoTime();
    }

    void begun(Asked request) {
        calls.incrementAndGet();
        running.incrementAndGet();
        if (recording) {
            asked.add(request);
        }
    }

    void ended() {
        running.decrementAndGet();
    }

    @Override
    public void close() {
        kill();
    }

    /** Stops listening and cuts every connection. */
    public void kill() {
        try {
            listener.close();
            acceptor.join(); // only when it is gone does the port refuse
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("closing a socket failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What an upstream does with each request.
     *
     * @param tokens events of a stream that carry text
     * @param first pause before the first
     * @param between pause between two
     */
    public record Script(Fault fault, int tokens, Duration first, Duration between) {

        /** A right answer of eight tokens, as fast as can be. */
        public static final Script RIGHT = failing(Fault.NONE);

        public static Script failing(Fault fault) {
            return new Script(fault, 8, Duration.ZERO, Duration.ZERO);
        }

        public static Script streaming(int tokens, Duration between) {
            return new Script(Fault.NONE, tokens, Duration.ZERO, between);
        }
    }
}
