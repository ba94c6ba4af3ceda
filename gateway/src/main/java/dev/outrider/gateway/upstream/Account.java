package dev.outrider.gateway.upstream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one request cost.
 *
 * @param upstream who answered, or was asked last; null where none was asked
 * @param microUsd price of the tokens in millionths of a US dollar, by the upstream's price list
 * @param calls upstream calls made
 * @param firstToken from the request's arrival to the first byte of the answer; null without one
 */
public record Account(
        @Nullable String upstream,
        Tokens tokens,
        long microUsd,
        int calls,
        @Nullable Duration firstToken) {}
