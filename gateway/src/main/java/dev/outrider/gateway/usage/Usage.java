package dev.outrider.gateway.usage;

import io.vertx.core.json.JsonObject;
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
        @Nullable String prompt) {

    /** As programs read it. */
    public JsonObject json() {
        return new JsonObject()
                .put("id", id)
                .put("at", at.toString())
                .put("robot", robot)
                .put("model", model)
                .put("endpoint", endpoint)
                .put("streaming", streaming)
                .put("status", status)
                .put("outcome", outcome)
                .put("upstream", upstream)
                .put("promptTokens", promptTokens)
                .put("completionTokens", completionTokens)
                .put("estimated", estimated)
                .put("microUsd", microUsd)
                .put("latencyMs", latencyMs)
                .put("firstTokenMs", firstTokenMs)
                .put("calls", calls)
                .put("prompt", prompt);
    }
}
