package dev.outrider.gateway.robot;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionStage;

/** Counts what robots use, against their limits. */
public interface Counters {

    /** Whether a request may go on. */
    sealed interface Admission {

        /** It may, and holds one place of the robot's concurrency until it is settled. */
        record Granted(Lease lease) implements Admission {}

        /** It may not. */
        record Refused(Limit limit, Duration retryAfter) implements Admission {}

        /** Nobody can count now, so nothing is let through that has a limit. */
        record Unknown() implements Admission {}
    }

    /** Which limit is reached. */
    enum Limit {
        REQUESTS_PER_MINUTE,
        CONCURRENT,
        DAILY_REQUESTS,
        DAILY_TOKENS,
        DAILY_COST;

        /**
         * When it may be free again: from {@code now} to the next minute or the next UTC day; a
         * second where it is a place.
         */
        public Duration retryAfter(Instant now) {
            return switch (this) {
                case CONCURRENT -> Duration.ofSeconds(1);
                case REQUESTS_PER_MINUTE -> untilNext(ChronoUnit.MINUTES, now);
                case DAILY_REQUESTS, DAILY_TOKENS, DAILY_COST -> untilNext(ChronoUnit.DAYS, now);
            };
        }

        private static Duration untilNext(ChronoUnit unit, Instant now) {
            return Duration.between(now, now.truncatedTo(unit).plus(1, unit));
        }
    }

    /**
     * A request's place.
     *
     * @param day the UTC day its use is booked on
     */
    record Lease(Robot robot, String id, LocalDate day) {}

    /**
     * Asks for a place; counts the request if it is granted. Never fails; may complete on any
     * thread.
     *
     * @param longest after this the place is free again, even if nobody settles it
     */
    CompletionStage<Admission> admit(Robot robot, Duration longest);

    /** Gives the place back and books what was used. Returns at once. */
    void settle(Lease lease, long tokens, long microUsd);

    /** What a robot used in one day. */
    public record Spend(long requests, long tokens, long microUsd) {

        public static final Spend NOTHING = new Spend(0, 0, 0);

        Spend plus(Spend other) {
            return new Spend(
                    requests + other.requests, tokens + other.tokens, microUsd + other.microUsd);
        }
    }
}
