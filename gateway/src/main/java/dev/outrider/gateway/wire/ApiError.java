package dev.outrider.gateway.wire;

import dev.outrider.gateway.robot.Counters;
import dev.outrider.gateway.upstream.Failure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An error as OpenAI's API shapes it. Statuses: 400, 401, 403, 404, 408, 413, 429, 502, 503, 504.
 *
 * @param param the request's field at fault; null where it is none
 * @param retryAfter when to come back; null where nobody knows
 */
record ApiError(
        int status,
        String type,
        String code,
        String message,
        @Nullable String param,
        @Nullable Duration retryAfter) {

    private static final String INVALID = "invalid_request_error";
    private static final String SERVER = "server_error";
    private static final Duration SOON = Duration.ofSeconds(1);

    private static ApiError of(int status, String type, String code, String message) {
        return new ApiError(status, type, code, message, null, null);
    }

    static ApiError badRequest(String message, @Nullable String param) {
        return new ApiError(400, INVALID, "invalid_request", message, param, null);
    }

    static ApiError unauthenticated() {
        return of(
                401,
                "authentication_error",
                "invalid_api_key",
                "No valid token or certificate; send this robot's token as \"Authorization: Bearer"
                        + " …\".");
    }

    static ApiError modelForbidden(String model) {
        return new ApiError(
                403,
                "permission_error",
                "model_not_allowed",
                "This robot may not use the model " + shown(model) + ".",
                "model",
                null);
    }

    static ApiError noSuchModel(String model) {
        return new ApiError(
                404,
                INVALID,
                "model_not_found",
                "There is no model " + shown(model) + "; GET /v1/models lists them.",
                "model",
                null);
    }

    static ApiError noSuchPath() {
        return of(
                404,
                INVALID,
                "unknown_url",
                "Nothing is here; known: POST /v1/chat/completions, POST /v1/embeddings, GET"
                        + " /v1/models.");
    }

    static ApiError bodyTooSlow() {
        return of(408, INVALID, "request_timeout", "The request's body did not arrive in time.");
    }

    static ApiError bodyTooLarge(int maxBytes) {
        return of(
                413,
                INVALID,
                "request_too_large",
                "The request's body is over " + maxBytes + " bytes.");
    }

    static ApiError expired() {
        return of(504, SERVER, "deadline_exceeded", "The deadline passed before the answer.");
    }

    static ApiError countersGone() {
        return new ApiError(
                503, SERVER, "limits_unavailable", "Limits cannot be checked now.", null, SOON);
    }

    static ApiError auditBehind() {
        return new ApiError(503, SERVER, "audit_behind", "Use cannot be recorded now.", null, SOON);
    }

    static ApiError broken() {
        return new ApiError(
                503, SERVER, "internal", "The gateway failed; see its log.", null, SOON);
    }

    static ApiError of(Counters.Admission.Refused refused) {
        String code =
                switch (refused.limit()) {
                    case REQUESTS_PER_MINUTE, CONCURRENT -> "rate_limit_exceeded";
                    case DAILY_REQUESTS, DAILY_TOKENS, DAILY_COST -> "insufficient_quota";
                };
        String limit = refused.limit().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String message = "This robot's limit is reached: " + limit + ".";
        return new ApiError(429, code, code, message, null, refused.retryAfter());
    }

    static ApiError of(Failure failure) {
        String said = "Model server: " + failure.reason() + ".";
        return switch (failure.kind()) {
            case REFUSED -> of(502, SERVER, "upstream_unreachable", said);
            case CUT -> of(502, SERVER, "upstream_cut", said);
            case BROKEN -> of(502, SERVER, "upstream_failed", said);
            case INVALID -> of(502, SERVER, "upstream_invalid", said);
            case HUNG -> of(504, SERVER, "upstream_timeout", said);
            case EXPIRED, ABANDONED -> expired();
            case REJECTED -> new ApiError(400, INVALID, "rejected", failure.reason(), null, null);
            case OVERLOADED -> later(429, "rate_limit_exceeded", said, failure.retryAfter());
            case UNAVAILABLE, NONE_LEFT ->
                    later(503, "upstream_unavailable", said, failure.retryAfter());
        };
    }

    private static ApiError later(
            int status, String code, String message, @Nullable Duration retryAfter) {
        String type = status == 429 ? code : SERVER;
        return new ApiError(
                status, type, code, message, null, retryAfter == null ? SOON : retryAfter);
    }

    /** The body of the answer, and the data of an event in a stream that breaks. */
    Buffer json() {
        JsonObject error =
                new JsonObject()
                        .put("message", message)
                        .put("type", type)
                        .put("param", param)
                        .put("code", code);
        return new JsonObject().put("error", error).toBuffer();
    }

    /** Whole seconds for {@code Retry-After}, at least one. */
    static String seconds(Duration wait) {
        return Long.toString(Math.max(1, (wait.toMillis() + 999) / 1000));
    }

    private static String shown(String model) {
        return '"' + model.substring(0, Math.min(model.length(), 100)) + '"';
    }

    /** Ends a request with an error. Carries no stack: it is an answer, not a defect. */
    static final class Refusal extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient ApiError error;

        Refusal(ApiError error) {
            super(error.message(), null, false, false);
            this.error = error;
        }

        ApiError error() {
            return error;
        }
    }
}
