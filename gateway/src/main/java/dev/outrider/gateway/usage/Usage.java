package dev.outrider.gateway.usage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request of one robot.
 *
 * @param id the request's, as in the answer's {@code X-Request-Id}
 * @param status the HTTP status that was answered; 499 where the robot left before
 * @param outcome {@code done}, or the error's code
 * @param upstream who answered or was asked last; null where none was
 * @param microUsd price in millionths of a US dollar
 * @param latencyMs from arrival to the end of the answer
 * @param firstTokenMs from arrival to its beginning; null without one
 * @param calls upstream calls made
 * @param prompt the request's body, redacted; null unless the owner switched it on
 */
public record Usage(
        String id,
        Instant at,
        String robot,
        String model,
        String endpoint,
        boolean streaming,
        int status,
        String outcome,
        @Nullable String upstream,
        long promptTokens,
        long completionTokens,
        boolean estimated,
        long microUsd,
        long latencyMs,
        @Nullable Long firstTokenMs,
        int calls,
        @Nullable String prompt) {}
