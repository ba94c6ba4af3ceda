package dev.outrider.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.gateway.upstream.Receiver.Tokens;
import dev.outrider.gateway.upstream.UpstreamsConfig.BreakerConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PoolTest {

    private static final Duration LONG = Duration.ofSeconds(3);
    private static final Failure HUNG = Failure.of(Failure.Kind.HUNG, "hung");

    private final AtomicLong nanos = new AtomicLong();
    private final Ask ask = Fakes.ask(false, false);
    private final Pool pool = pool();

    private Pool pool() {
        Map<String, String> upstreams = new HashMap<>();
        Map.of("a", "3", "b", "1", "spare", "0")
                .forEach((name, weight) -> {
                    String prefix = "gateway.upstreams." + name + ".";
                    upstreams.put(prefix + "url", "http://127.0.0.1:1/v1");
                    upstreams.put(prefix + "weight", weight);
                    upstreams.put(prefix + "models.m", "real");
                    upstreams.put(prefix + "price-in", "0.6");
                    upstreams.put(prefix + "price-out", "2.5");
                });
        return new Pool(
                Fakes.config(UpstreamsConfig.class, upstreams),
                Fakes.config(BreakerConfig.class, Map.of()),
                nanos::get,
                new Random(1));
    }

    @Test
    void drawsTheFirstByWeightAndTheSpareLast() {
        Map<String, Integer> firsts = new HashMap<>();
        for (int i = 0; i < 4000; i++) {
            firsts.merge(pool.order("m").getFirst().name(), 1, Integer::sum);
            assertThat(pool.order("m").getLast().name()).isEqualTo("spare");
        }

        assertThat(firsts.get("a")).isCloseTo(3000, Offset.offset(150));
        assertThat(firsts).containsOnlyKeys("a", "b");
    }

    @Test
    void leavesOutAnUpstreamAfterTwoHangsUntilItRecovers() {
        Upstream a = upstream("a");

        a.failed(ask, HUNG, LONG);
        assertThat(pool.order("m")).contains(a);
        a.failed(ask, HUNG, LONG);
        assertThat(pool.order("m")).doesNotContain(a);
        a.recovered();
        assertThat(pool.order("m")).contains(a);
    }

    @Test
    void opensOnTwoHangsAfterManyRightAnswers() {
        Upstream a = upstream("a");
        for (int i = 0; i < 100; i++) {
            a.answered(Duration.ofMillis(10));
        }

        a.failed(ask, HUNG, LONG);
        a.failed(ask, HUNG, LONG);

        assertThat(a.health()).isEqualTo("open");
    }

    @Test
    void opensOnSlowAnswers() {
        Upstream a = upstream("a");

        a.answered(Duration.ofSeconds(31));
        a.answered(Duration.ofSeconds(31));

        assertThat(a.health()).isEqualTo("open");
    }

    @Test
    void blamesNoUpstreamForARobotsShortDeadline() {
        Upstream a = upstream("a");

        for (int i = 0; i < 10; i++) {
            a.failed(ask, HUNG, Duration.ofMillis(50));
        }

        assertThat(a.health()).isEqualTo("closed");
    }

    @Test
    void letsAnUpstreamRestAsLongAsItAsked() {
        Upstream a = upstream("a");

        a.failed(ask, overloaded(Duration.ofSeconds(7)), LONG);
        a.failed(ask, overloaded(Duration.ofSeconds(2)), LONG);

        assertThat(a.health()).isEqualTo("resting");
        nanos.addAndGet(Duration.ofMillis(6999).toNanos());
        assertThat(pool.order("m")).doesNotContain(a);
        nanos.addAndGet(Duration.ofMillis(2).toNanos());
        assertThat(pool.order("m")).contains(a);
    }

    @Test
    void saysWhenToComeBackWhenAllRest() {
        pool.upstreams().forEach(u -> u.failed(ask, overloaded(Duration.ofSeconds(9)), LONG));
        upstream("b").failed(ask, HUNG, LONG);
        upstream("b").failed(ask, HUNG, LONG);

        Failure none = pool.noneLeft("m");

        assertThat(pool.order("m")).isEmpty();
        assertThat(none.kind()).isEqualTo(Failure.Kind.OVERLOADED);
        assertThat(none.retryAfter()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void knowsPricesByTheMillion() {
        assertThat(upstream("a").microUsd(new Tokens(1000, 100, false))).isEqualTo(850);
    }

    private Upstream upstream(String name) {
        return pool.upstreams().stream()
                .filter(u -> u.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Failure overloaded(Duration retryAfter) {
        return new Failure(Failure.Kind.OVERLOADED, "slow down", retryAfter);
    }
}
