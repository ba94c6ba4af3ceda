package dev.outrider.gateway.wire;

import dev.outrider.gateway.upstream.AttemptsConfig;
import dev.outrider.gateway.upstream.BreakerConfig;
import dev.outrider.gateway.upstream.Pool;
import dev.outrider.gateway.upstream.Probes;
import dev.outrider.gateway.upstream.Upstreams;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Verticle;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
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
        wire.deploy(
                loops,
                () -> {
                    WireVerticle loop = new WireVerticle(config, attempts, pool, services);
                    wire.loops.add(loop);
                    return loop;
                });
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
}
