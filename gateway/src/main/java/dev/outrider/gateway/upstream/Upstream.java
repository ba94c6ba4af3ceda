package dev.outrider.gateway.upstream;

import dev.outrider.gateway.upstream.Receiver.Tokens;
import dev.outrider.gateway.upstream.UpstreamsConfig.BreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One model server and what is known of its health. Its breaker opens on failed, hung and slow
 * calls and is closed by a {@link Probes probe} alone; a 429 lets it rest without touching the
 * breaker.
 */
public final class Upstream {

    /** Long enough that a probe, not time, decides. */
    private static final Duration UNTIL_PROBED = Duration.ofDays(365);

    private final String name;
    private final UpstreamsConfig.One config;
    private final Optional<String> key;
    private final BreakerConfig limits;
    private final CircuitBreaker breaker;
    private final LongSupplier nanoClock;
    private final AtomicLong restsUntil;
    private final AtomicReference<@Nullable Ask> lastFailed = new AtomicReference<>();

    Upstream(
            String name, UpstreamsConfig.One config, BreakerConfig limits, LongSupplier nanoClock) {
        this.name = name;
        this.config = config;
        this.key = config.keyFile().map(Upstream::firstLine).or(config::key);
        this.limits = limits;
        this.nanoClock = nanoClock;
        this.restsUntil = new AtomicLong(nanoClock.getAsLong());
        this.breaker = CircuitBreaker.of(name, breakerConfig(limits));
    }

    private static CircuitBreakerConfig breakerConfig(BreakerConfig limits) {
        return CircuitBreakerConfig.custom()
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(limits.window())
                .minimumNumberOfCalls(limits.calls())
                .failureRateThreshold(50)
                .slowCallRateThreshold(50)
                .slowCallDurationThreshold(limits.slow())
                .waitDurationInOpenState(UNTIL_PROBED)
                .writableStackTraceEnabled(false)
                .build();
    }

    private static String firstLine(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().orElse("").strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the upstream's key from " + file, e);
        }
    }

    public String name() {
        return name;
    }

    /** The names robots know, and this upstream's own. */
    public Map<String, String> models() {
        return config.models();
    }

    /** {@code closed}, {@code open}, or {@code resting} after a 429. */
    public String health() {
        if (broken()) {
            return "open";
        }
        return rest().isPositive() ? "resting" : "closed";
    }

    UpstreamsConfig.One config() {
        return config;
    }

    Optional<String> key() {
        return key;
    }

    boolean broken() {
        return breaker.getState() != CircuitBreaker.State.CLOSED;
    }

    /** How long it still rests; zero or less when it does not. */
    Duration rest() {
        return Duration.ofNanos(restsUntil.get() - nanoClock.getAsLong());
    }

    /** Whether it may be asked now. */
    boolean ready() {
        return !broken() && !rest().isPositive();
    }

    void answered(Duration firstToken) {
        breaker.onSuccess(firstToken.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Counts a failed call.
     *
     * @param took how long it ran; a hang shorter than the configured one counts for nothing
     */
    void failed(Ask ask, Failure failure, Duration took) {
        if (failure.kind() == Failure.Kind.OVERLOADED) {
            rest(failure.retryAfter() == null ? limits.rest() : failure.retryAfter());
        } else if (failure.retryAfter() != null) {
            rest(failure.retryAfter());
        }
        boolean tooShort = failure.kind() == Failure.Kind.HUNG && took.compareTo(limits.hang()) < 0;
        if (failure.kind().fault() && !tooShort) {
            lastFailed.set(ask);
            breaker.onError(took.toNanos(), TimeUnit.NANOSECONDS, new Faulty(failure));
        }
    }

    /** The kind of request that failed last, which a probe repeats. */
    @Nullable Ask lastFailed() {
        return lastFailed.get();
    }

    void recovered() {
        breaker.transitionToClosedState();
    }

    long microUsd(Tokens tokens) {
        return Math.round(
                tokens.prompt() * config.priceIn() + tokens.completion() * config.priceOut());
    }

    private void rest(Duration duration) {
        long until = nanoClock.getAsLong() + duration.toNanos();
        restsUntil.accumulateAndGet(until, (a, b) -> b - a > 0 ? b : a);
    }

    /** A failure as the breaker wants it. */
    private static final class Faulty extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Faulty(Failure failure) {
            super(failure.reason(), null, false, false);
        }
    }
}
