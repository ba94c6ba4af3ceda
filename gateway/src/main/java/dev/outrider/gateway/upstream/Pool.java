package dev.outrider.gateway.upstream;

import dev.outrider.gateway.upstream.UpstreamsConfig.AttemptsConfig;
import dev.outrider.gateway.upstream.UpstreamsConfig.BreakerConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All upstreams. */
public final class Pool {

    private final List<Upstream> upstreams;
    private final BreakerConfig limits;
    private final RandomGenerator random;

    /**
     * @param nanoClock a monotonic clock in nanoseconds
     * @param random draws among the weights
     */
    public Pool(
            UpstreamsConfig config,
            BreakerConfig limits,
            LongSupplier nanoClock,
            RandomGenerator random) {
        this.upstreams =
                config.all().entrySet().stream()
                        .map(e -> new Upstream(e.getKey(), e.getValue(), limits, nanoClock))
                        .sorted(Comparator.comparing(Upstream::name))
                        .toList();
        this.limits = limits;
        this.random = random;
    }

    public List<Upstream> upstreams() {
        return upstreams;
    }

    /** Every model a robot can ask for. */
    public Set<String> models() {
        return upstreams.stream()
                .flatMap(u -> u.models().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    public boolean serves(String model) {
        return upstreams.stream().anyMatch(u -> u.models().containsKey(model));
    }

    /**
     * The upstreams to ask for the model now, in order: drawn by weight, those of weight 0 last;
     * without those that rest or are out.
     */
    List<Upstream> order(String model) {
        record Drawn(Upstream upstream, double key) {}
        List<Drawn> drawn = new ArrayList<>();
        for (Upstream upstream : upstreams) {
            if (upstream.models().containsKey(model) && upstream.ready()) {
                drawn.add(new Drawn(upstream, draw(upstream.config().weight())));
            }
        }
        drawn.sort(Comparator.comparingDouble(Drawn::key));
        return drawn.stream().map(Drawn::upstream).toList();
    }

    /**
     * Exponential keys order by weight: Efraimidis and Spirakis, Weighted Random Sampling, 2006.
     */
    private double draw(double weight) {
        return weight > 0 ? random.nextExponential() / weight : Double.MAX_VALUE;
    }

    /** Why {@link #order} is empty, and when to ask again. */
    Failure noneLeft(String model) {
        @Nullable Duration soonest = null;
        boolean resting = false;
        for (Upstream upstream : upstreams) {
            if (upstream.models().containsKey(model)) {
                Duration wait = upstream.broken() ? limits.probe() : upstream.rest();
                resting |= !upstream.broken();
                soonest = soonest == null || wait.compareTo(soonest) < 0 ? wait : soonest;
            }
        }
        return resting
                ? new Failure(Failure.Kind.OVERLOADED, "every upstream's limit is reached", soonest)
                : new Failure(Failure.Kind.NONE_LEFT, "every upstream is out of order", soonest);
    }

    /**
     * The pool as one event loop reaches it: with its own connections, so no call changes threads.
     */
    public record Upstreams(Vertx vertx, HttpClient client, AttemptsConfig limits, Pool pool) {

        private static final int KEEP_ALIVE_SECONDS = 30;

        /** Must be called on the event loop that will use it. */
        public static Upstreams open(Vertx vertx, AttemptsConfig limits, Pool pool) {
            HttpClientOptions options =
                    new HttpClientOptions()
                            .setMaxPoolSize(limits.connections())
                            .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                            .setMaxHeaderSize(32 * 1024)
                            .setDecompressionSupported(false);
            HttpClient client = vertx.createHttpClient(options);
            return new Upstreams(vertx, client, limits, pool);
        }
    }
}
