package dev.outrider.gateway;

import dev.outrider.gateway.upstream.Pool;
import dev.outrider.gateway.usage.Usage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Objects;

/** What Prometheus sees. */
@Singleton
final class Metrics {

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
        registry.counter("gateway.tokens.prompt", robot).increment((double) usage.promptTokens());
        registry.counter("gateway.tokens.completion", robot)
                .increment((double) usage.completionTokens());
        registry.counter("gateway.cost.usd", robot).increment(usage.microUsd() / 1e6);
        registry.counter("gateway.upstream.calls", "upstream", upstream).increment(usage.calls());
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
