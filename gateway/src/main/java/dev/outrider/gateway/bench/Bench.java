package dev.outrider.gateway.bench;

import dev.outrider.gateway.Settings;
import dev.outrider.gateway.robot.Limits;
import dev.outrider.gateway.robot.Registrar;
import dev.outrider.gateway.store.Database;
import dev.outrider.gateway.store.JdbcRobots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The gateway beside a plain relay, each a process of its own, before the same upstream in this
 * one. What is compared is measured in turns, so that a busy machine hits both alike: read ratios.
 */
public final class Bench implements AutoCloseable {

    private static final int ROUNDS = 5;
    private static final int REQUESTS = 400;

    /** Until the compiler has seen enough: a service runs for weeks, not for seconds. */
    private static final int WARM_UP = 20_000;

    private static final int STREAMS = 50;
    private static final int TOKENS = 200;
    private static final Duration PACE = Duration.ofMillis(5);
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"go\"}]}";

    private final FaultUpstream upstream = FaultUpstream.listen("a", 0, false);
    private final FaultUpstream spare = FaultUpstream.listen("b", 0, false);
    private final String token;
    private final Child relay;
    private final Child gateway;
    private final Duration loadTime;

    /**
     * Starts all processes.
     *
     * @param folder for their state and logs
     * @param loadTime of each turn of the throughput measurement
     */
    public Bench(Path folder, Duration loadTime) throws IOException, InterruptedException {
        this.loadTime = loadTime;
        this.token = robot(folder);
        int relayPort = Child.freePort();
        relay =
                Child.start(
                        relayPort,
                        folder.resolve("relay.log"),
                        List.of(),
                        "bench-relay",
                        Integer.toString(relayPort),
                        Integer.toString(upstream.port()));
        int port = Child.freePort();
        gateway = Child.start(port, folder.resolve("gateway.log"), settings(folder, port), "run");
    }

    private static String robot(Path folder) {
        Settings settings = Settings.of(Map.of("gateway.state.folder", folder.toString()));
        try (Database database = Database.open(settings.state())) {
            Registrar registrar = new Registrar(new JdbcRobots(database), InstantSource.system());
            return registrar.add("bench", Set.of(), Limits.UNLIMITED, Set.of()).reveal();
        }
    }

    private List<String> settings(Path folder, int port) throws IOException {
        return List.of(
                "gateway.state.folder=" + folder,
                "gateway.wire.port=" + port,
                "quarkus.http.port=" + Child.freePort(),
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

    /** Measures everything; takes some minutes. */
    public List<Figure> figures() throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("idle_memory", gateway.residentMb(), "MB", relay.residentMb()));
        warmUp();
        figures.add(addedLatency());
        figures.add(throughput());
        figures.add(cpuPerToken());
        figures.add(faults());
        return figures;
    }

    private void warmUp() throws IOException, InterruptedException {
        for (Child server : List.of(relay, gateway)) {
            plain(server.port()).perSecond(64, loadTime.multipliedBy(3));
            plain(server.port()).latencies(WARM_UP);
        }
    }

    private Load plain(int port) {
        return new Load(port, Client.request(token, "", "{\"model\":\"alone\"," + MESSAGES));
    }

    private Figure addedLatency() throws IOException {
        List<long[]> bare = new ArrayList<>();
        List<long[]> relayed = new ArrayList<>();
        List<long[]> ours = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            bare.add(plain(upstream.port()).latencies(REQUESTS));
            relayed.add(plain(relay.port()).latencies(REQUESTS));
            ours.add(plain(gateway.port()).latencies(REQUESTS));
        }
        double floor = median(bare);
        return new Figure(
                "added_p50", (median(ours) - floor) / 1e6, "ms", (median(relayed) - floor) / 1e6);
    }

    private static double median(List<long[]> rounds) {
        return Load.median(rounds.stream().flatMapToLong(LongStream::of).toArray());
    }

    private Figure throughput() throws InterruptedException {
        double relayed = 0;
        double ours = 0;
        for (int round = 0; round < ROUNDS; round++) {
            relayed += plain(relay.port()).perSecond(64, loadTime) / ROUNDS;
            ours += plain(gateway.port()).perSecond(64, loadTime) / ROUNDS;
        }
        return new Figure("requests_64", ours, "requests/s", relayed);
    }

    private Figure cpuPerToken() throws InterruptedException {
        upstream.behave(Script.streaming(TOKENS, PACE));
        double relayed = 0;
        double ours = 0;
        for (int round = 0; round < ROUNDS; round++) {
            relayed += streamCpu(relay) / ROUNDS;
            ours += streamCpu(gateway) / ROUNDS;
        }
        upstream.behave(Script.RIGHT);
        return new Figure("cpu_per_token", ours, "µs", relayed);
    }

    private double streamCpu(Child server) throws InterruptedException {
        String body = "{\"model\":\"alone\",\"stream\":true," + MESSAGES;
        Duration before = server.cpu();
        new Load(server.port(), Client.request(token, "", body)).once(STREAMS);
        return server.cpu().minus(before).toNanos() / 1e3 / (STREAMS * TOKENS);
    }

    private Figure faults() throws InterruptedException {
        double ours = new FaultJudge(gateway.port(), token, upstream, spare).right();
        double relayed = new FaultJudge(relay.port(), token, upstream, spare).right();
        return new Figure("faults", ours, "right of " + FaultJudge.cases(), relayed);
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        relay.close();
        upstream.close();
        spare.close();
    }

    /** A new folder for one run. */
    public static Path temporaryFolder() throws IOException {
        return Files.createTempDirectory("outrider-bench");
    }
}
