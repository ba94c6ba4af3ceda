package dev.outrider.gateway.wire;

import dev.outrider.gateway.robot.Counters;
import dev.outrider.gateway.robot.Roster;
import dev.outrider.gateway.upstream.Pool;
import dev.outrider.gateway.upstream.Pool.Upstreams;
import dev.outrider.gateway.upstream.Probes;
import dev.outrider.gateway.upstream.UpstreamsConfig.AttemptsConfig;
import dev.outrider.gateway.upstream.UpstreamsConfig.BreakerConfig;
import dev.outrider.gateway.usage.Usage;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Verticle;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The listening wire: what robots connect to. */
public final class Wire implements AutoCloseable {

    private final Vertx vertx;
    private final List<String> deployments = new ArrayList<>();
    private final List<WireVerticle> loops = new CopyOnWriteArrayList<>();

    private Wire(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Listens. Blocks until it does; a failure carries the cause, as a port in use. */
    public static Wire open(
            Vertx vertx,
            WireConfig config,
            AttemptsConfig attempts,
            BreakerConfig breaker,
            Pool pool,
            Services services) {
        Wire wire = new Wire(vertx);
        int loops =
                config.loops() > 0 ? config.loops() : Runtime.getRuntime().availableProcessors();
        try {
            wire.deploy(
                    loops,
                    () -> {
                        WireVerticle loop = new WireVerticle(config, attempts, pool, services);
                        wire.loops.add(loop);
                        return loop;
                    });
        } catch (CompletionException e) {
            throw new IllegalStateException(
                    "cannot listen for robots on %s:%d (gateway.wire.host, gateway.wire.port): %s"
                            .formatted(config.host(), config.port(), e.getCause()));
        }
        wire.deploy(1, () -> probes(attempts, breaker, pool));
        return wire;
    }

    private static Verticle probes(AttemptsConfig attempts, BreakerConfig breaker, Pool pool) {
        return new AbstractVerticle() {
            @Override
            public void start() {
                new Probes(Upstreams.open(vertx, attempts, pool), breaker).start();
            }
        };
    }

    private void deploy(int instances, Supplier<Verticle> verticle) {
        DeploymentOptions options = new DeploymentOptions().setInstances(instances);
        deployments.add(wait(vertx.deployVerticle(verticle, options).toCompletionStage()));
    }

    private static <T> T wait(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        return future.join();
    }

    /** The port it listens on. */
    public int port() {
        return loops.getFirst().port();
    }

    @Override
    public void close() {
        deployments.reversed().forEach(id -> wait(vertx.undeploy(id).toCompletionStage()));
    }

    /**
     * What every event loop shares.
     *
     * @param journal takes the record of each request that a robot made
     * @param accepting whether what new requests use could be recorded
     * @param prompts what of a request's body is recorded
     */
    public record Services(
            Roster roster,
            Counters counters,
            Consumer<Usage> journal,
            BooleanSupplier accepting,
            Function<Buffer, Optional<String>> prompts) {}

    /** How the wire listens. */
    static final class ListenOptions {

        private ListenOptions() {}

        static HttpServerOptions of(WireConfig config) {
            HttpServerOptions options =
                    new HttpServerOptions()
                            .setHost(config.host())
                            .setPort(config.port())
                            .setMaxHeaderSize(16 * 1024)
                            .setMaxInitialLineLength(4096)
                            .setHandle100ContinueAutomatically(true)
                            .setHttp2ClearTextEnabled(false);
            config.tls().certificate().ifPresent(chain -> secure(options, config.tls()));
            return options;
        }

        private static void secure(HttpServerOptions options, WireConfig.Tls tls) {
            String key =
                    tls.key()
                            .orElseThrow(() ->
                                    new IllegalArgumentException(
                                            "gateway.wire.tls.certificate needs"
                                                    + " gateway.wire.tls.key"))
                            .toString();
            PemKeyCertOptions own =
                    new PemKeyCertOptions()
                            .setCertPath(tls.certificate().orElseThrow().toString())
                            .setKeyPath(key);
            options.setSsl(true)
                    .setUseAlpn(false)
                    .setKeyCertOptions(own)
                    .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
            tls.clientCa()
                    .ifPresent(ca ->
                            options.setTrustOptions(
                                            new PemTrustOptions().addCertPath(ca.toString()))
                                    .setClientAuth(
                                            tls.clientRequired()
                                                    ? ClientAuth.REQUIRED
                                                    : ClientAuth.REQUEST));
        }
    }
}
