package dev.outrider.gateway.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that ask one server as fast as it answers. */
final class Load {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /**
     * One connection that asks again and again; as little code as can be, so that it costs little.
     */
    static final class Client implements AutoCloseable {

        /** An answer: its status and its body, as far as it came in good order. */
        record Answer(int status, String body) {}

        private final Socket socket;
        private final InputStream in;

        Client(int port, Duration patience) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) patience.toMillis());
            in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        }

        Answer ask(byte[] request) throws IOException {
            socket.getOutputStream().write(request);
            String statusLine = line();
            int length = -1;
            for (String header = line(); !header.isEmpty(); header = line()) {
                if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(header.substring(15).strip());
                }
            }
            byte[] body = length >= 0 ? in.readNBytes(length) : chunks();
            int status = Integer.parseInt(statusLine.split(" ", 3)[1]);
            return new Answer(status, new String(body, StandardCharsets.UTF_8));
        }

        private byte[] chunks() throws IOException {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                body.write(in.readNBytes(size));
                line();
            }
            line();
            return body.toByteArray();
        }

        private int chunkSize() throws IOException {
            return Integer.parseInt(line(), 16);
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new EOFException("the connection ended");
                }
                line.append((char) next);
            }
            line.setLength(Math.max(0, line.length() - 1));
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private final int port;
    private final byte[] request;

    Load(int port, byte[] request) {
        this.port = port;
        this.request = request;
    }

    static byte[] request(String token, String headers, String body) {
        return ("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + token
                        + "\r\nContent-Type: application/json\r\n"
                        + headers
                        + "Content-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The times of that many requests one after the other, in nanoseconds. */
    long[] latencies(int requests) throws IOException {
        long[] nanos = new long[requests];
        try (Client client = new Client(port, PATIENCE)) {
            for (int i = 0; i < requests; i++) {
                long start = System.nanoTime();
                check(client.ask(request));
                nanos[i] = System.nanoTime() - start;
            }
        }
        return nanos;
    }

    /** Answers a second of that many clients at once. */
    double perSecond(int clients, Duration duration) throws InterruptedException {
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        long answers =
                atOnce(
                        clients,
                        client -> {
                            long count = 0;
                            while (System.nanoTime() < end) {
                                check(client.ask(request));
                                count++;
                            }
                            return count;
                        });
        return answers * 1e9 / (System.nanoTime() - start);
    }

    /** Asks once with each of that many clients at once. */
    void once(int clients) throws InterruptedException {
        atOnce(
                clients,
                client -> {
                    check(client.ask(request));
                    return 1;
                });
    }

    /**
     * How much longer than planned each of that many streams at once took, as a factor.
     *
     * @param planned by the upstream's pace
     */
    double[] stretches(int clients, Duration planned) throws InterruptedException {
        double[] stretches = new double[clients];
        AtomicInteger next = new AtomicInteger();
        long _ =
                atOnce(
                        clients,
                        client -> {
                            long start = System.nanoTime();
                            check(client.ask(request));
                            double took = System.nanoTime() - start;
                            stretches[next.getAndIncrement()] = took / planned.toNanos();
                            return 1;
                        });
        return stretches;
    }

    private interface Work {
        long with(Client client) throws IOException;
    }

    private long atOnce(int clients, Work work) throws InterruptedException {
        List<Future<Long>> counts = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < clients; i++) {
                counts.add(
                        threads.submit(() -> {
                            try (Client client = new Client(port, PATIENCE)) {
                                return work.with(client);
                            }
                        }));
            }
        }
        long sum = 0;
        for (Future<Long> count : counts) {
            try {
                sum += count.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a client failed: " + e.getCause(), e.getCause());
            }
        }
        return sum;
    }

    private static void check(Client.Answer answer) {
        if (answer.status() != 200 || answer.body().contains("\"error\"")) {
            throw new IllegalStateException(
                    "not answered rightly: " + answer.status() + " " + answer.body());
        }
    }
}
