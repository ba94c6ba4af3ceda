package dev.outrider.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrider.gateway.robot.Counters;
import dev.outrider.gateway.robot.CountersContract;
import dev.outrider.gateway.robot.Robot;
import dev.outrider.gateway.robot.Robot.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisCountersTest extends CountersContract {

    private static final long NONE = Limits.NONE;
    private static @Nullable RedisServer server;

    private @Nullable RedisCounters counters;
    private @Nullable RedisCounters replica;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = RedisServer.start(folder);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void connect() {
        counters = new RedisCounters(server().uri(), clock);
        replica = new RedisCounters(server().uri(), clock);
    }

    @AfterEach
    void disconnect() {
        Objects.requireNonNull(counters).close();
        Objects.requireNonNull(replica).close();
    }

    private static RedisServer server() {
        return Objects.requireNonNull(server);
    }

    @Override
    protected Counters counters() {
        return Objects.requireNonNull(counters);
    }

    @Test
    void admitsExactlyTheBudgetOverTwoReplicas() {
        Robot robot = robot(new Limits(NONE, NONE, 1000, NONE, NONE));
        List<Counters> replicas = List.of(counters(), Objects.requireNonNull(replica));

        long granted =
                IntStream.range(0, 1500)
                        .mapToObj(i -> replicas.get(i % 2).admit(robot, LONG))
                        .toList()
                        .stream()
                        .map(stage -> stage.toCompletableFuture().join())
                        .filter(a -> a instanceof Counters.Admission.Granted)
                        .count();

        assertThat(granted).isEqualTo(1000);
    }

    @Test
    void freesAPlaceThatAReplicaTookToItsGrave() {
        Robot robot = robot(new Limits(NONE, 1, NONE, NONE, NONE));
        granted(robot);

        clock.advance(LONG.plusMillis(1));

        granted(robot);
    }

    @Test
    void admitsNobodyWhileRedisIsGoneAndBooksWhatEndedMeanwhile() {
        Robot robot = robot(new Limits(NONE, NONE, NONE, 100, NONE));
        Robot beforehand = robot(new Limits(NONE, NONE, NONE, 100, NONE));
        Counters.Lease lease = granted(beforehand);

        server().kill();
        await().until(() -> admit(robot) instanceof Counters.Admission.Unknown);
        settle(lease, 100, 1);
        server().restart();

        await().atMost(Duration.ofSeconds(20))
                .until(() -> admit(robot) instanceof Counters.Admission.Granted);
        assertThat(refused(beforehand).limit()).isEqualTo(Counters.Limit.DAILY_TOKENS);
    }
}
