package dev.outrider.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.gateway.Settings;
import dev.outrider.gateway.robot.Counters.Spend;
import dev.outrider.gateway.robot.Registrar;
import dev.outrider.gateway.robot.Robot;
import dev.outrider.gateway.robot.Robot.Limits;
import dev.outrider.gateway.usage.Usage;
import dev.outrider.gateway.usage.UsageStore.Query;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What both databases do. Each test sees what those before it left. */
abstract class StoreContract {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");

    private @Nullable Database database;

    protected abstract Map<String, String> place();

    @BeforeEach
    void open() {
        database = Database.open(Settings.of(place()).state());
    }

    @AfterEach
    void close() {
        database().close();
    }

    private Database database() {
        if (database == null) {
            throw new IllegalStateException("opened before each test");
        }
        return database;
    }

    @Test
    void keepsARobotAsItIs() {
        JdbcRobots robots = new JdbcRobots(database());
        Registrar registrar = new Registrar(robots, InstantSource.fixed(NOON));
        Limits limits = new Limits(1, 2, 3, Limits.NONE, 5);

        registrar.add("keeper", Set.of("a", "b"), limits, Set.of("ab".repeat(32)));
        registrar.rotate("keeper", Duration.ofHours(1));

        Robot kept = registrar.named("keeper").orElseThrow();
        assertThat(kept.models()).containsExactlyInAnyOrder("a", "b");
        assertThat(kept.limits()).isEqualTo(limits);
        assertThat(kept.certificates()).containsExactly("ab".repeat(32));
        assertThat(kept.tokens())
                .extracting("validUntil")
                .containsExactly(Instant.MAX, NOON.plus(Duration.ofHours(1)));
    }

    @Test
    void countsEveryChangeUp() {
        JdbcRobots robots = new JdbcRobots(database());
        Registrar registrar = new Registrar(robots, InstantSource.system());
        long before = robots.revision();

        registrar.add("counted", Set.of(), Limits.UNLIMITED, Set.of());
        registrar.revoke("counted");

        assertThat(robots.revision()).isEqualTo(before + 2);
        assertThat(registrar.named("counted")).map(Robot::revoked).hasValue(true);
    }

    @Test
    void keepsARecordOnceAndFindsItByRobotAndTime() {
        JdbcUsage usages = new JdbcUsage(database());
        Usage full = usage("u1", "finder", NOON, "gpu", 17L, "{}");
        Usage bare = usage("u2", "finder", NOON.plusSeconds(60), null, null, null);

        usages.append(List.of(full, bare));
        usages.append(List.of(full, usage("u3", "other", NOON, null, null, null)));

        Instant end = NOON.plusSeconds(61);
        assertThat(usages.find(new Query("finder", NOON, end, 10))).containsExactly(bare, full);
        assertThat(usages.find(new Query("finder", NOON, end, 1))).containsExactly(bare);
        assertThat(usages.find(new Query("finder", NOON, NOON.plusSeconds(60), 10)))
                .containsExactly(full);
        assertThat(usages.find(new Query(null, NOON, end, 10))).hasSize(3);
    }

    @Test
    void addsUpWhatEachRobotSpent() {
        JdbcUsage usages = new JdbcUsage(database());
        Instant day = Instant.parse("2026-04-01T00:00:00Z");
        usages.append(
                List.of(
                        usage("s1", "spender", day, "gpu", null, null),
                        usage("s2", "spender", day.plusSeconds(1), "gpu", null, null),
                        usage("s3", "spender", day.minusMillis(1), "gpu", null, null)));

        assertThat(usages.spentSince(day)).containsEntry("spender", new Spend(2, 24, 18));
    }

    private static Usage usage(
            String id,
            String robot,
            Instant at,
            @Nullable String upstream,
            @Nullable Long firstTokenMs,
            @Nullable String prompt) {
        return new Usage(
                id,
                at,
                robot,
                "large",
                "chat",
                true,
                200,
                "done",
                upstream,
                7,
                5,
                false,
                9,
                120,
                firstTokenMs,
                1,
                prompt);
    }
}
