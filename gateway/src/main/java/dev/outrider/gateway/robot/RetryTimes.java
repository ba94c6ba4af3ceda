package dev.outrider.gateway.robot;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** When a reached limit may be free again. */
public final class RetryTimes {

    private RetryTimes() {}

    /** From {@code now} to the next minute or the next UTC day; a second where it is a place. */
    public static Duration after(Counters.Limit limit, Instant now) {
        return switch (limit) {
            case CONCURRENT -> Duration.ofSeconds(1);
            case REQUESTS_PER_MINUTE -> untilNext(ChronoUnit.MINUTES, now);
            case DAILY_REQUESTS, DAILY_TOKENS, DAILY_COST -> untilNext(ChronoUnit.DAYS, now);
        };
    }

    private static Duration untilNext(ChronoUnit unit, Instant now) {
        return Duration.between(now, now.truncatedTo(unit).plus(1, unit));
    }
}
