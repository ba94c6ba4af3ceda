package dev.outrider.gateway.store;

/** What Redis does in one step. Keys: this minute's count, the places under way, the day's hash. */
final class RedisScripts {

    /**
     * Arguments: the five limits, the lease, now and the lease's end in milliseconds, seconds to
     * keep the day. Answers GRANTED, or the limit that is reached.
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
     * Arguments: the lease, tokens, cost, seconds to keep the day. A lease is booked once: the mark
     * under the fourth key says it was.
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

    private RedisScripts() {}
}
