package dev.outrider.gateway.wire;

import dev.outrider.gateway.bench.FaultUpstream;
import dev.outrider.gateway.robot.Counters;
import dev.outrider.gateway.robot.FakeRobotStore;
import dev.outrider.gateway.robot.MemoryCounters;
import dev.outrider.gateway.robot.Registrar;
import dev.outrider.gateway.robot.Robot.Limits;
import dev.outrider.gateway.robot.Roster;
import dev.outrider.gateway.robot.Token;
import dev.outrider.gateway.upstream.Pool;
import dev.outrider.gateway.upstream.UpstreamsConfig;
import dev.outrider.gateway.upstream.UpstreamsConfig.AttemptsConfig;
import dev.outrider.gateway.upstream.UpstreamsConfig.BreakerConfig;
import dev.outrider.gateway.usage.Usage;
import dev.outrider.gateway.wire.Wire.Services;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/** A gateway in this process, its robot "rover" and its HTTP client. */
public final class Rig implements AutoCloseable {

    public static final String CHAT =
            "{\"model\":\"large\",\"messages\":[{\"role\":\"user\",\"content\":\"go\"}]}";
    public static final String STREAM =
            "{\"model\":\"large\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"go\"}]}";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Usage> usages = new CopyOnWriteArrayList<>();
    private final FakeRobotStore robots = new FakeRobotStore();
    private final Registrar registrar = new Registrar(robots, InstantSource.system());
    private final Roster roster = new Roster(robots, InstantSource.system());
    private final Pool pool;
    private final Wire wire;
    private final Token token;

    private Rig(Map<String, String> properties, Limits limits, Counters counters) {
        SmallRyeConfig config =
                new SmallRyeConfigBuilder()
                        .addDiscoveredConverters()
                        .withMapping(WireConfig.class)
                        .withMapping(AttemptsConfig.class)
                        .withMapping(BreakerConfig.class)
                        .withMapping(UpstreamsConfig.class)
                        .withSources(new PropertiesConfigSource(properties, "test", 100))
                        .build();
        BreakerConfig breaker = config.getConfigMapping(BreakerConfig.class);
        pool =
                new Pool(
                        config.getConfigMapping(UpstreamsConfig.class),
                        breaker,
                        System::nanoTime,
                        RandomGenerator.getDefault());
        token = registrar.add("rover", Set.of(), limits, Set.of());
        roster.refresh();
        Services services =
                new Services(roster, counters, usages::add, () -> true, body -> Optional.empty());
        wire =
                Wire.open(
                        vertx,
                        config.getConfigMapping(WireConfig.class),
                        config.getConfigMapping(AttemptsConfig.class),
                        breaker,
                        pool,
                        services);
    }

    /** A gateway before these upstreams, all of which serve the model "large". */
    public static Rig before(FaultUpstream... upstreams) {
        return with(Map.of(), upstreams);
    }

    public static Rig with(Map<String, String> properties, FaultUpstream... upstreams) {
        return limited(Limits.UNLIMITED, properties, upstreams);
    }

    public static Rig limited(
            Limits limits, Map<String, String> properties, FaultUpstream... upstreams) {
        Counters counters = new MemoryCounters(InstantSource.system(), Map.of());
        return new Rig(all(properties, upstreams), limits, counters);
    }

    private static Map<String, String> all(
            Map<String, String> properties, FaultUpstream... upstreams) {
        Map<String, String> all = new HashMap<>();
        all.put("gateway.wire.port", "0");
        all.put("gateway.wire.loops", "1");
        for (FaultUpstream upstream : upstreams) {
            String prefix = "gateway.upstreams." + upstream.name() + ".";
            all.put(prefix + "url", upstream.url().toString());
            all.put(prefix + "key", "sk-live-0123456789abcdefghij");
            all.put(prefix + "models.large", "real-" + upstream.name());
        }
        all.putAll(properties);
        return all;
    }

    public Vertx vertx() {
        return vertx;
    }

    public Pool pool() {
        return pool;
    }

    public Registrar registrar() {
        return registrar;
    }

    public Roster roster() {
        return roster;
    }

    public Token token() {
        return token;
    }

    public List<Usage> usages() {
        return usages;
    }

    public int port() {
        return wire.port();
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .header("Authorization", "Bearer " + token.reveal());
    }

    public HttpRequest.Builder chat(String body) {
        return request("/v1/chat/completions").POST(HttpRequest.BodyPublishers.ofString(body));
    }

    public HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<InputStream> open(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    @Override
    public void close() {
        client.shutdownNow();
        wire.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
