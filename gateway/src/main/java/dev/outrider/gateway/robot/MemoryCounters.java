package dev.outrider.gateway.robot;

import dev.outrider.gateway.robot.Counters.Spend;
import dev.outrider.gateway.robot.Robot.Limits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Counters of a single replica. What was spent today is read from the usage log at start. */
public final class MemoryCounters implements Counters {

    private final InstantSource clock;
    private final Map<String, Count> counts = new ConcurrentHashMap<>();

    /**
     * @param spentToday by robot, as far as it is known
     */
    public MemoryCounters(InstantSource clock, Map<String, Spend> spentToday) {
        this.clock = clock;
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        spentToday.forEach((robot, spend) -> counts.put(robot, new Count(today, spend)));
    }

    @Override
    public CompletionStage<Admission> admit(Robot robot, Duration longest) {
        Count count =
                counts.computeIfAbsent(
                        robot.name(), name -> new Count(LocalDate.EPOCH, Spend.NOTHING));
        return CompletableFuture.completedFuture(count.admit(robot, clock.instant()));
    }

    @Override
    public void settle(Lease lease, long tokens, long microUsd) {
        @Nullable Count count = counts.get(lease.robot().name());
        if (count != null) {
            count.settle(lease, new Spend(0, tokens, microUsd));
        }
    }

    /** One robot's. */
    private static final class Count {

        private LocalDate day;
        private Spend spent;
        private Instant minute = Instant.MIN;
        private long inMinute;
        private long underWay;

        Count(LocalDate day, Spend spent) {
            this.day = day;
            this.spent = spent;
        }

        synchronized Admission admit(Robot robot, Instant now) {
            turnPages(now);
            @Nullable Limit reached = reached(robot.limits());
            if (reached != null) {
                return new Admission.Refused(reached, reached.retryAfter(now));
            }
            inMinute++;
            underWay++;
            spent = spent.plus(new Spend(1, 0, 0));
            return new Admission.Granted(new Lease(robot, "", day));
        }

        private void turnPages(Instant now) {
            LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
            if (!today.equals(day)) {
                day = today;
                spent = Spend.NOTHING;
            }
            Instant thisMinute = now.truncatedTo(ChronoUnit.MINUTES);
            if (!thisMinute.equals(minute)) {
                minute = thisMinute;
                inMinute = 0;
            }
        }

        private @Nullable Limit reached(Limits limits) {
            if (spent.requests() >= limits.dailyRequests()) {
                return Limit.DAILY_REQUESTS;
            }
            if (spent.tokens() >= limits.dailyTokens()) {
                return Limit.DAILY_TOKENS;
            }
            if (spent.microUsd() >= limits.dailyMicroUsd()) {
                return Limit.DAILY_COST;
            }
            if (inMinute >= limits.requestsPerMinute()) {
                return Limit.REQUESTS_PER_MINUTE;
            }
            return underWay >= limits.concurrent() ? Limit.CONCURRENT : null;
        }

        synchronized void settle(Lease lease, Spend used) {
            underWay--;
            if (lease.day().equals(day)) {
                spent = spent.plus(used);
            }
        }
    }
}
