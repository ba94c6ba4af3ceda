package dev.outrider.gateway.robot;

/**
 * What one robot may use. {@link #NONE} in a field means no limit. A request that is admitted may
 * overshoot the token or cost budget by its own answer; none is admitted once the budget is spent.
 *
 * @param requestsPerMinute requests in one calendar minute
 * @param concurrent requests under way at once
 * @param dailyRequests requests a day, in UTC
 * @param dailyTokens tokens a day, read and written
 * @param dailyMicroUsd millionths of a US dollar a day
 */
public record Limits(
        long requestsPerMinute,
        long concurrent,
        long dailyRequests,
        long dailyTokens,
        long dailyMicroUsd) {

    /** No limit. */
    public static final long NONE = Long.MAX_VALUE;

    public static final Limits UNLIMITED = new Limits(NONE, NONE, NONE, NONE, NONE);

    public Limits {
        long smallest =
                Math.min(
                        Math.min(requestsPerMinute, concurrent),
                        Math.min(dailyRequests, Math.min(dailyTokens, dailyMicroUsd)));
        if (smallest < 0) {
            throw new IllegalArgumentException("a limit cannot be negative: " + smallest);
        }
    }

    /** Whether nothing needs to be counted before a request is admitted. */
    public boolean unlimited() {
        return equals(UNLIMITED);
    }
}
