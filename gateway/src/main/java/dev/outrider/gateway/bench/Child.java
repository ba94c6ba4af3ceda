package dev.outrider.gateway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A server in a process of its own, listening on a port. */
final class Child implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);
    private static final String RESIDENT = "VmRSS:";

    /** A full collection in the JVM's log: the heap before and after it, in MB. */
    private static final Pattern COLLECTED = Pattern.compile("Pause Full .*?(\\d+)M->(\\d+)M");

    /** Keeps LiteLLM from going online for prices, and lets it do without a key of its own. */
    private static final Map<String, String> LITELLM =
            Map.of(
                    "LITELLM_LOCAL_MODEL_COST_MAP", "True",
                    "LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY", "true");

    private final Process process;
    private final int port;
    private final Path log;

    private Child(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** A plain relay before the upstream. */
    static Child relay(Path folder, int upstream) throws IOException, InterruptedException {
        int port = freePort();
        List<String> command = java(List.of());
        command.addAll(List.of("bench-relay", Integer.toString(port), Integer.toString(upstream)));
        return start(port, folder.resolve("relay.log"), command);
    }

    /**
     * The gateway.
     *
     * @param settings as {@code name=value}
     */
    static Child gateway(Path folder, List<String> settings)
            throws IOException, InterruptedException {
        int port = freePort();
        List<String> options = new ArrayList<>(List.of("-Xlog:gc"));
        settings.forEach(setting -> options.add("-D" + setting));
        options.add("-Dgateway.wire.port=" + port);
        options.add("-Dquarkus.http.port=" + freePort());
        List<String> command = java(options);
        command.add("run");
        return start(port, folder.resolve("gateway.log"), command);
    }

    static Child litellm(Path folder, Path program, Path config)
            throws IOException, InterruptedException {
        int port = freePort();
        List<String> command =
                List.of(
                        program.toString(),
                        "--config",
                        config.toString(),
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--num_workers",
                        "1");
        return start(port, folder.resolve("litellm.log"), command);
    }

    /** This same program with these options of the JVM. */
    private static List<String> java(List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(tool("java"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.addAll(List.of("-jar", System.getProperty("java.class.path")));
        return command;
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private static Child start(int port, Path log, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(LITELLM);
        Child child = new Child(builder.start(), port, log);
        child.awaitListening();
        return child;
    }

    private void awaitListening() throws IOException, InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (!listens()) {
            if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                close();
                throw new IllegalStateException(
                        "a process did not start: " + Files.readString(log));
            }
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false; // not yet
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Resident memory in MB, by Linux's /proc. */
    double residentMb() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        return Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith(RESIDENT))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                / 1024.0;
    }

    /** What is left on the JVM's heap after a full collection, in MB; the gateway's only. */
    double liveHeapMb() throws IOException, InterruptedException {
        new ProcessBuilder(tool("jcmd"), Long.toString(process.pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        List<MatchResult> collections = COLLECTED.matcher(Files.readString(log)).results().toList();
        if (collections.isEmpty()) {
            throw new IllegalStateException("the JVM collected nothing: is jcmd beside java?");
        }
        return Double.parseDouble(collections.getLast().group(2));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Collects a process's garbage early and late in a stretch of time, and keeps what was left.
     */
    static final class HeapWatch implements AutoCloseable {

        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        private final ScheduledFuture<Double> early;
        private final ScheduledFuture<Double> late;

        private HeapWatch(Child child, Duration time) {
            early = at(time.dividedBy(4), child);
            late = at(time.multipliedBy(9).dividedBy(10), child);
        }

        /** Watches from now on. */
        static HeapWatch over(Child child, Duration time) {
            return new HeapWatch(child, time);
        }

        private ScheduledFuture<Double> at(Duration when, Child child) {
            return timer.schedule(child::liveHeapMb, when.toMillis(), TimeUnit.MILLISECONDS);
        }

        double earlyMb() throws InterruptedException {
            return measured(early);
        }

        double lateMb() throws InterruptedException {
            return measured(late);
        }

        private static double measured(Future<Double> future) throws InterruptedException {
            try {
                return future.get();
            } catch (java.util.concurrent.ExecutionException e) {
                if (e.getCause() instanceof IOException io) {
                    throw new UncheckedIOException(io);
                }
                throw new CompletionException(e.getCause());
            }
        }

        @Override
        public void close() {
            timer.shutdownNow();
        }
    }
}
