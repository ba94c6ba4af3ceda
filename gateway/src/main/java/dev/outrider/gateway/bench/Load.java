package dev.outrider.gateway.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that ask one server as fast as it answers. */
final class Load {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int port;
    private final byte[] request;

    Load(int port, byte[] request) {
        this.port = port;
        this.request = request;
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

    static double median(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
