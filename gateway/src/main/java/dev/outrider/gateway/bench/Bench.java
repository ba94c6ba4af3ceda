package dev.outrider.gateway.bench;

import dev.outrider.gateway.Settings;
import dev.outrider.gateway.bench.Child.HeapWatch;
import dev.outrider.gateway.bench.FaultUpstream.Script;
import dev.outrider.gateway.bench.Report.Figure;
import dev.outrider.gateway.robot.Registrar;
import dev.outrider.gateway.robot.Robot.Limits;
import dev.outrider.gateway.store.Database;
import dev.outrider.gateway.store.JdbcRobots;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The gateway beside a plain relay, and LiteLLM where it is installed, each a process of its own,
 * before the same upstream in this one. What is compared is measured in turns, so that a busy
 * machine hits all alike: read ratios.
 */
public final class Bench implements AutoCloseable {

    private static final int ROUNDS = 5;

    /** Until the compiler has seen enough: a service runs for weeks, not for seconds. */
    private static final int WARM_UP = 20_000;

    private static final int STREAMS = 50;
    private static final int TOKENS = 200;
    private static final Duration PACE = Duration.ofMillis(5);

    /** A crowd streams this long, one token in each pace. */
    private static final Duration CROWD_TIME = Duration.ofMinutes(1);

    private static final Duration CROWD_PACE = Duration.ofMillis(100);
    private static final List<String> FIGURES =
            List.of(
                    "idle_memory",
                    "added_p50",
                    "requests_64",
                    "cpu_per_token",
                    "crowd",
                    "cancel",
                    "faults");

    private static final Duration CANCEL_AT = Duration.ofMillis(300);
    private static final Duration CANCEL_PATIENCE = Duration.ofSeconds(10);

    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"go\"}]}";

    /**
     * What to measure besides.
     *
     * @param loadTime of each turn of the throughput measurement
     * @param crowd robots that stream at once for a minute; 0 for none
     * @param litellm the program; null for none
     * @param only figures to measure; empty for all
     */
    public record Options(Duration loadTime, int crowd, @Nullable Path litellm, Set<String> only) {

        public Options {
            only = Set.copyOf(only);
            for (String figure : only) {
                if (!FIGURES.contains(figure)) {
                    throw new IllegalArgumentException(
                            "no figure is called " + figure + "; there are " + FIGURES);
                }
            }
        }

        private boolean wanted(String figure) {
            return only.isEmpty() || only.contains(figure);
        }
    }

    /**
     * One of those compared.
     *
     * @param requests one after the other in one turn
     */
    private record Server(String suffix, Child child, int requests) {}

    private interface Measurement {
        double of(Server server) throws IOException, InterruptedException;
    }

    private final FaultUpstream upstream = FaultUpstream.listen("a", 0, false);
    private final FaultUpstream spare = FaultUpstream.listen("b", 0, false);
    private final Options options;
    private final String token;
    private final Server gateway;
    private final Server relay;
    private final List<Server> servers = new ArrayList<>();

    /**
     * Starts all processes.
     *
     * @param folder for their state and logs
     */
    public Bench(Path folder, Options options) throws IOException, InterruptedException {
        this.options = options;
        this.token = robot(folder);
        relay = server("", 400, Child.relay(folder, upstream.port()));
        gateway = server("", 400, Child.gateway(folder, settings(folder)));
        if (options.litellm() != null) {
            servers.add(
                    server(
                            "_litellm",
                            40,
                            Child.litellm(folder, options.litellm(), peers(folder))));
        }
    }

    private Server server(String suffix, int requests, Child child) {
        Server server = new Server(suffix, child, requests);
        servers.add(server);
        return server;
    }

    private static String robot(Path folder) {
        Settings settings = Settings.of(Map.of("gateway.state.folder", folder.toString()));
        try (Database database = Database.open(settings.state())) {
            Registrar registrar = new Registrar(new JdbcRobots(database), InstantSource.system());
            return registrar.add("bench", Set.of(), Limits.UNLIMITED, Set.of()).reveal();
        }
    }

    private List<String> settings(Path folder) {
        return List.of(
                "gateway.state.folder=" + folder,
                "gateway.upstreams.a.url=" + upstream.url(),
                "gateway.upstreams.a.models.alone=m",
                "gateway.upstreams.a.models.pair=m",
                "gateway.upstreams.b.url=" + spare.url(),
                "gateway.upstreams.b.weight=0",
                "gateway.upstreams.b.models.pair=m",
                "gateway.breaker.window=100000", // the faults are put one by one
                "gateway.breaker.calls=100000",
                "gateway.breaker.rest=1ms");
    }

    /** LiteLLM's settings for the same: no retries, the judge's deadline, a fallback for "pair". */
    private Path peers(Path folder) throws IOException {
        StringBuilder yaml = new StringBuilder("model_list:\n");
        Map<String, FaultUpstream> models =
                Map.of("alone", upstream, "pair", upstream, "spare", spare);
        models.forEach((model, server) ->
                yaml.append("  - model_name: ")
                        .append(model)
                        .append(
                                "\n"
                                        + "    litellm_params: {model: openai/m, api_key: none,"
                                        + " api_base: \"")
                        .append(server.url())
                        .append("\"}\n"));
        yaml.append("router_settings: {num_retries: 0, disable_cooldowns: true, timeout: ")
                .append(FaultJudge.DEADLINE.toSeconds())
                .append(", fallbacks: [{pair: [spare]}]}\n")
                .append("litellm_settings: {num_retries: 0, telemetry: false}\n");
        return Files.writeString(folder.resolve("litellm.yaml"), yaml);
    }

    /** Measures everything; takes some minutes. */
    public List<Figure> figures() throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        figures.addAll(compared("idle_memory", "MB", server -> server.child().residentMb(), 1));
        if (FIGURES.subList(1, 4).stream().anyMatch(options::wanted)) {
            warmUp();
        }
        figures.addAll(compared("added_p50", "ms", this::addedLatency, ROUNDS));
        figures.addAll(compared("requests_64", "requests/s", this::perSecond, ROUNDS));
        upstream.behave(Script.streaming(TOKENS, PACE));
        figures.addAll(compared("cpu_per_token", "µs", this::streamCpu, ROUNDS));
        upstream.behave(Script.RIGHT);
        if (options.crowd() > 0 && options.wanted("crowd")) {
            figures.addAll(crowd());
        }
        if (options.wanted("cancel")) {
            figures.add(new Figure("cancel", worstCancelMillis(), "ms worst of 40", null));
        }
        String right = "right of " + FaultJudge.cases();
        figures.addAll(compared("faults", right, this::faultsRight, 1));
        return figures;
    }

    /** Measures all servers in turns; the mean of the rounds, beside the relay's. */
    private List<Figure> compared(String name, String unit, Measurement measurement, int rounds)
            throws IOException, InterruptedException {
        if (!options.wanted(name)) {
            return List.of();
        }
        double[] sums = new double[servers.size()];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += measurement.of(servers.get(i));
            }
        }
        double peer = sums[servers.indexOf(relay)] / rounds;
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < sums.length; i++) {
            Server server = servers.get(i);
            if (!server.equals(relay)) {
                figures.add(new Figure(name + server.suffix(), sums[i] / rounds, unit, peer));
            }
        }
        return figures;
    }

    private void warmUp() throws IOException, InterruptedException {
        for (Server server : servers) {
            plain(server.child().port()).perSecond(64, options.loadTime().multipliedBy(3));
            plain(server.child().port()).latencies(WARM_UP * server.requests() / 400 / 5);
        }
    }

    private Load plain(int port) {
        return new Load(port, Load.request(token, "", "{\"model\":\"alone\"," + MESSAGES));
    }

    private Load stream(int port) {
        String body = "{\"model\":\"alone\",\"stream\":true," + MESSAGES;
        return new Load(port, Load.request(token, "", body));
    }

    private double addedLatency(Server server) throws IOException {
        double bare = median(plain(upstream.port()).latencies(server.requests()));
        return (median(plain(server.child().port()).latencies(server.requests())) - bare) / 1e6;
    }

    private double perSecond(Server server) throws InterruptedException {
        return plain(server.child().port()).perSecond(64, options.loadTime());
    }

    private double streamCpu(Server server) throws InterruptedException {
        Duration before = server.child().cpu();
        stream(server.child().port()).once(STREAMS);
        return server.child().cpu().minus(before).toNanos() / 1e3 / (STREAMS * TOKENS);
    }

    private double faultsRight(Server server) throws InterruptedException {
        return new FaultJudge(server.child().port(), token, upstream, spare).right();
    }

    /**
     * How late the upstream is told to end its work: after a robot that left, and after the
     * deadline of one that waits.
     */
    private double worstCancelMillis() throws IOException, InterruptedException {
        upstream.behave(Script.failing(Fault.HANG));
        long worst = 0;
        for (int round = 0; round < 20; round++) {
            worst = Math.max(worst, cancelNanos("", Duration.ZERO, true));
            worst = Math.max(worst, cancelNanos("x-deadline-ms: 300\r\n", CANCEL_AT, false));
        }
        upstream.behave(Script.RIGHT);
        return worst / 1e6;
    }

    @SuppressWarnings("try") // leaving early is what is measured
    private long cancelNanos(String headers, Duration due, boolean leaves)
            throws IOException, InterruptedException {
        try (Socket robot = new Socket(InetAddress.getLoopbackAddress(), gateway.child().port())) {
            long from = System.nanoTime();
            byte[] request = Load.request(token, headers, "{\"model\":\"alone\"," + MESSAGES);
            robot.getOutputStream().write(request);
            while (upstream.running() == 0) {
                Thread.sleep(1);
            }
            if (leaves) {
                from = System.nanoTime();
                robot.close();
            }
            while (upstream.running() > 0 || upstream.lastLeftNanos() < from) {
                if (System.nanoTime() - from > CANCEL_PATIENCE.toNanos()) {
                    throw new IllegalStateException("the upstream was never told to end its work");
                }
                Thread.sleep(1);
            }
            return upstream.lastLeftNanos() - from - due.toNanos();
        }
    }

    /** A minute of many streams at once: who is late, and what stays on the gateway's heap. */
    private List<Figure> crowd() throws IOException, InterruptedException {
        int tokens = (int) CROWD_TIME.dividedBy(CROWD_PACE);
        upstream.behave(Script.streaming(tokens, CROWD_PACE));
        List<Figure> figures = new ArrayList<>();
        double[] relayed = stream(relay.child().port()).stretches(options.crowd(), CROWD_TIME);
        try (HeapWatch heap = HeapWatch.over(gateway.child(), CROWD_TIME)) {
            double[] ours = stream(gateway.child().port()).stretches(options.crowd(), CROWD_TIME);
            String unit = "on time of " + options.crowd();
            double latest = longest(relayed) * 1.05;
            double peers = onTime(relayed, latest);
            figures.add(new Figure("streams", onTime(ours, latest), unit, peers));
            figures.add(new Figure("stretch", longest(ours), "of a minute", longest(relayed)));
            figures.add(new Figure("heap_early", heap.earlyMb(), "MB", null));
            figures.add(new Figure("heap_late", heap.lateMb(), "MB", null));
        }
        figures.add(
                new Figure(
                        "crowd_memory",
                        gateway.child().residentMb(),
                        "MB",
                        relay.child().residentMb()));
        upstream.behave(Script.RIGHT);
        return figures;
    }

    /** Streams that took no longer than this: a twentieth more than the relay's longest. */
    private static double onTime(double[] stretches, double latest) {
        return Arrays.stream(stretches).filter(stretch -> stretch <= latest).count();
    }

    private static double longest(double[] stretches) {
        return Arrays.stream(stretches).max().orElse(Double.NaN);
    }

    private static double median(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    @Override
    public void close() throws IOException {
        for (Server server : servers) {
            server.child().close();
        }
        upstream.close();
        spare.close();
    }
}
