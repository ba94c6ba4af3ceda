package dev.outrider.gateway.store;

import dev.outrider.gateway.robot.Counters;
import dev.outrider.gateway.robot.Robot;
import dev.outrider.gateway.robot.Robot.Limits;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counters that all replicas share, in Redis or Valkey. Admission is one script, so it is exact
 * however many replicas ask at once. While Redis is gone, robots that have any limit are let
 * through by none; what ended meanwhile is booked as soon as it is back. All keys of a robot share
 * a hash tag, so a cluster keeps them together.
 */
public final class RedisCounters implements Counters, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisCounters.class);
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofMillis(250);

    /** Counts are kept a day longer than they matter. */
    private static final Duration KEPT = Duration.ofDays(2);

    private record Booking(Lease lease, long tokens, long microUsd) {}

    private final RedisClient client;
    private final InstantSource clock;
    private final AtomicReference<@Nullable StatefulRedisConnection<String, String>> connection =
            new AtomicReference<>();
    private final Queue<Booking> waiting = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService keeper =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("redis-counters").factory());

    /**
     * @param uri as {@code redis://host:6379}; need not be reachable yet
     */
    public RedisCounters(String uri, InstantSource clock) {
        this.clock = clock;
        RedisURI address = RedisURI.create(uri);
        address.setTimeout(PATIENCE);
        this.client = RedisClient.create(address);
        client.setOptions(
                ClientOptions.builder()
                        .autoReconnect(true)
                        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                        .timeoutOptions(TimeoutOptions.enabled(PATIENCE))
                        .build());
        keep();
        long retry = RETRY.toMillis();
        var _ = keeper.scheduleWithFixedDelay(this::keep, retry, retry, TimeUnit.MILLISECONDS);
    }

    /** Connects where there is no connection yet, and books what waits. */
    private void keep() {
        try {
            if (connection.get() == null) {
                connection.set(client.connect());
            }
            for (Booking next = waiting.peek(); next != null; next = waiting.peek()) {
                var _ = book(next).toCompletableFuture().get(1, TimeUnit.SECONDS);
                waiting.remove(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("Redis is out of reach, {} bookings wait: {}", waiting.size(), e.toString());
        }
    }

    @Override
    public CompletionStage<Admission> admit(Robot robot, Duration longest) {
        @Nullable StatefulRedisConnection<String, String> redis = connection.get();
        if (redis == null) {
            return CompletableFuture.completedFuture(new Admission.Unknown());
        }
        Instant now = clock.instant();
        LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        String id = Long.toHexString(ThreadLocalRandom.current().nextLong());
        Lease lease = new Lease(robot, id, day);
        return redis.async()
                .<String>eval(
                        Scripts.ADMIT,
                        ScriptOutputType.VALUE,
                        keys(robot, day, now),
                        arguments(lease, now, longest))
                .handle((code, failure) -> admission(code, failure, lease, now));
    }

    private static Admission admission(
            @Nullable String code, @Nullable Throwable failure, Lease lease, Instant now) {
        if (code == null) {
            LOG.debug("nobody can count now", failure);
            return new Admission.Unknown();
        }
        if (code.equals("GRANTED")) {
            return new Admission.Granted(lease);
        }
        Limit limit = Limit.valueOf(code);
        return new Admission.Refused(limit, limit.retryAfter(now));
    }

    private static String[] keys(Robot robot, LocalDate day, Instant now) {
        String prefix = "outrider:{" + robot.name() + "}:";
        return new String[] {
            prefix + "minute:" + now.getEpochSecond() / 60, prefix + "places", prefix + "day:" + day
        };
    }

    private static String[] arguments(Lease lease, Instant now, Duration longest) {
        Limits limits = lease.robot().limits();
        return new String[] {
            limit(limits.requestsPerMinute()),
            limit(limits.concurrent()),
            limit(limits.dailyRequests()),
            limit(limits.dailyTokens()),
            limit(limits.dailyMicroUsd()),
            lease.id(),
            Long.toString(now.toEpochMilli()),
            Long.toString(now.plus(longest).toEpochMilli()),
            Long.toString(KEPT.toSeconds())
        };
    }

    /** Lua counts in doubles: no limit is one that is never reached. */
    private static String limit(long limit) {
        return limit == Limits.NONE ? "1e300" : Long.toString(limit);
    }

    @Override
    public void settle(Lease lease, long tokens, long microUsd) {
        Booking booking = new Booking(lease, tokens, microUsd);
        var _ =
                book(booking)
                        .whenComplete((done, failure) -> {
                            if (failure != null) {
                                waiting.add(booking);
                            }
                        });
    }

    /** Booked once, however often it is tried. */
    private CompletionStage<Long> book(Booking booking) {
        @Nullable StatefulRedisConnection<String, String> redis = connection.get();
        if (redis == null) {
            return CompletableFuture.failedStage(new IllegalStateException("not connected"));
        }
        Lease lease = booking.lease();
        String[] counts = keys(lease.robot(), lease.day(), clock.instant());
        String mark = counts[2] + ":" + lease.id();
        return redis.async()
                .eval(
                        Scripts.SETTLE,
                        ScriptOutputType.INTEGER,
                        new String[] {counts[0], counts[1], counts[2], mark},
                        lease.id(),
                        Long.toString(booking.tokens()),
                        Long.toString(booking.microUsd()),
                        Long.toString(KEPT.toSeconds()));
    }

    @Override
    public void close() {
        keeper.shutdownNow();
        client.shutdown(0, 1, TimeUnit.SECONDS);
    }

    /**
     * What Redis does in one step. Keys: this minute's count, the places under way, the day's hash.
     */
    static final class Scripts {

        /**
         * Arguments: the five limits, the lease, now and the lease's end in milliseconds, seconds
         * to keep the day. Answers GRANTED, or the limit that is reached.
         */
        static final String ADMIT =
                """
                redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[7])
                local day = redis.call('HMGET', KEYS[3], 'requests', 'tokens', 'cost')
                if (tonumber(day[1]) or 0) >= tonumber(ARGV[3]) then
                    return 'DAILY_REQUESTS'
                end
                if (tonumber(day[2]) or 0) >= tonumber(ARGV[4]) then
                    return 'DAILY_TOKENS'
                end
                if (tonumber(day[3]) or 0) >= tonumber(ARGV[5]) then
                    return 'DAILY_COST'
                end
                if (tonumber(redis.call('GET', KEYS[1])) or 0) >= tonumber(ARGV[1]) then
                    return 'REQUESTS_PER_MINUTE'
                end
                if redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[2]) then
                    return 'CONCURRENT'
                end
                redis.call('INCR', KEYS[1])
                redis.call('EXPIRE', KEYS[1], 120)
                redis.call('ZADD', KEYS[2], ARGV[8], ARGV[6])
                redis.call('EXPIRE', KEYS[2], ARGV[9])
                redis.call('HINCRBY', KEYS[3], 'requests', 1)
                redis.call('EXPIRE', KEYS[3], ARGV[9])
                return 'GRANTED'
                """;

        /**
         * Arguments: the lease, tokens, cost, seconds to keep the day. A lease is booked once: the
         * mark under the fourth key says it was.
         */
        static final String SETTLE =
                """
                redis.call('ZREM', KEYS[2], ARGV[1])
                if not redis.call('SET', KEYS[4], 1, 'NX', 'EX', 3600) then return 0 end
                redis.call('HINCRBY', KEYS[3], 'tokens', ARGV[2])
                redis.call('HINCRBY', KEYS[3], 'cost', ARGV[3])
                redis.call('EXPIRE', KEYS[3], ARGV[4])
                return 1
                """;

        private Scripts() {}
    }
}
