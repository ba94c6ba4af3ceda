package dev.outrider.gateway;

import dev.outrider.gateway.store.StateConfig;
import dev.outrider.gateway.upstream.Pool;
import dev.outrider.gateway.upstream.UpstreamsConfig;
import dev.outrider.gateway.upstream.UpstreamsConfig.AttemptsConfig;
import dev.outrider.gateway.upstream.UpstreamsConfig.BreakerConfig;
import dev.outrider.gateway.usage.Prompts.AuditConfig;
import dev.outrider.gateway.usage.Usage;
import dev.outrider.gateway.wire.WireConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway inside the service process. */
@ApplicationScoped
public class Service {

    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private final Vertx vertx;
    private final Settings settings;
    private final Metrics metrics;
    private volatile @Nullable Gateway gateway;

    Service(Vertx vertx, Settings settings, Metrics metrics) {
        this.vertx = vertx;
        this.settings = settings;
        this.metrics = metrics;
    }

    /** Gathers the settings that Quarkus read. */
    @Produces
    @Singleton
    static Settings settings(
            WireConfig wire,
            AttemptsConfig attempts,
            BreakerConfig breaker,
            UpstreamsConfig upstreams,
            StateConfig state,
            AuditConfig audit) {
        return new Settings(wire, attempts, breaker, upstreams, state, audit);
    }

    void start(@Observes StartupEvent event) {
        Gateway opened = new Gateway(vertx, settings, metrics::count);
        gateway = opened;
        metrics.watch(opened.pool());
        LOG.info(
                "state is {}, counters {}",
                settings.state().jdbcUrl().isPresent()
                        ? "in PostgreSQL"
                        : "in SQLite in " + settings.state().folder(),
                settings.state().redis().isPresent()
                        ? "in Redis, shared by all replicas"
                        : "in memory, right for one replica");
        LOG.info("robots connect to {}:{}", settings.wire().host(), opened.port());
        if (opened.pool().upstreams().isEmpty()) {
            LOG.warn(
                    "no model server is configured: set gateway.upstreams.NAME.url and"
                            + " gateway.upstreams.NAME.models.ALIAS in"
                            + " config/application.properties");
        } else {
            LOG.info("robots may ask for {}", opened.pool().models());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (gateway != null) {
            gateway.close();
        }
    }

    /** The running gateway. */
    public Gateway gateway() {
        return Objects.requireNonNull(gateway, "the gateway is not started yet");
    }

    /** What Prometheus sees. */
    @Singleton
    static final class Metrics {

        private final MeterRegistry registry;

        Metrics(MeterRegistry registry) {
            this.registry = registry;
        }

        void count(Usage usage) {
            String upstream = Objects.requireNonNullElse(usage.upstream(), "none");
            String model = usage.upstream() == null ? "none" : usage.model(); // robots invent names
            Tags robot = Tags.of("robot", usage.robot(), "model", model);
            Tags outcome = Tags.of("outcome", usage.outcome(), "upstream", upstream);
            registry.counter("gateway.requests", robot.and(outcome)).increment();
            registry.counter("gateway.tokens.prompt", robot)
                    .increment((double) usage.promptTokens());
            registry.counter("gateway.tokens.completion", robot)
                    .increment((double) usage.completionTokens());
            registry.counter("gateway.cost.usd", robot).increment(usage.microUsd() / 1e6);
            registry.counter("gateway.upstream.calls", "upstream", upstream)
                    .increment(usage.calls());
            Timer.builder("gateway.latency")
                    .publishPercentileHistogram()
                    .tags(outcome)
                    .register(registry)
                    .record(Duration.ofMillis(usage.latencyMs()));
            if (usage.firstTokenMs() != null) {
                registry.timer("gateway.first.token", "upstream", upstream)
                        .record(Duration.ofMillis(usage.firstTokenMs()));
            }
        }

        /** Shows whether each upstream may be asked: 1, or 0 while it rests or is out. */
        void watch(Pool pool) {
            pool.upstreams()
                    .forEach(upstream -> {
                        var _ =
                                Gauge.builder(
                                                "gateway.upstream.ready",
                                                () -> upstream.health().equals("closed") ? 1 : 0)
                                        .tag("upstream", upstream.name())
                                        .register(registry);
                    });
        }
    }
}
