package dev.outrider.gateway.upstream;

import static dev.outrider.gateway.upstream.Failure.Kind.BROKEN;
import static dev.outrider.gateway.upstream.Failure.Kind.OVERLOADED;
import static dev.outrider.gateway.upstream.Failure.Kind.REJECTED;
import static dev.outrider.gateway.upstream.Failure.Kind.UNAVAILABLE;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what an upstream means by a status other than 200. */
final class Refusal {

    private static final Duration LONGEST_REST = Duration.ofHours(1);
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    private final InstantSource clock;
    private final Optional<String> key;

    Refusal(InstantSource clock, Optional<String> key) {
        this.clock = clock;
        this.key = key;
    }

    Failure of(int status, MultiMap headers, Buffer body) {
        @Nullable Duration retryAfter = retryAfter(headers);
        return switch (status) {
            case 400, 413, 422 -> new Failure(REJECTED, reason(body), null);
            case 429 -> new Failure(OVERLOADED, "upstream's rate limit is reached", retryAfter);
            case 503 -> new Failure(UNAVAILABLE, "upstream is unavailable", retryAfter);
            default -> new Failure(BROKEN, "upstream answered with status " + status, retryAfter);
        };
    }

    private String reason(Buffer body) {
        JsonNode error = Json.tree(body.getBytes(), 0, body.length()).path("error");
        String said = error.isTextual() ? error.asText() : error.path("message").asText();
        return said.isEmpty() ? "the model server refused the request" : Secrets.masked(said, key);
    }

    private @Nullable Duration retryAfter(MultiMap headers) {
        @Nullable String value = headers.get("Retry-After");
        if (value == null) {
            return null;
        }
        @Nullable Duration wait =
                SECONDS.matcher(value).matches()
                        ? Duration.ofMillis((long) Math.ceil(Double.parseDouble(value) * 1000))
                        : untilDate(value);
        if (wait == null || wait.isNegative()) {
            return null;
        }
        return wait.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : wait;
    }

    private @Nullable Duration untilDate(String value) {
        try {
            Instant then =
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return Duration.between(clock.instant(), then);
        } catch (DateTimeParseException e) {
            return null; // neither form of RFC 9110: as if it were not there
        }
    }

    /** Takes out of foreign text what looks like a key, and what is one. */
    static final class Secrets {

        private static final int MAX_LENGTH = 500;

        /**
         * Bearer values, provider keys by their prefix, and long runs that hold letters and digits.
         */
        private static final Pattern LOOKS_SECRET =
                Pattern.compile(
                        "(?i)bearer\\s+\\S+"
                                + "|\\b(?:sk|pk|key|otr|xox[a-z]|ghp)[-_][A-Za-z0-9_*.-]{4,}"
                                + "|\\b(?=[A-Za-z_-]*\\d)(?=[\\d_-]*[A-Za-z])[A-Za-z0-9_-]{24,}");

        private Secrets() {}

        static String masked(String text, Optional<String> key) {
            String known = key.isPresent() ? text.replace(key.get(), "[secret]") : text;
            String masked = LOOKS_SECRET.matcher(known).replaceAll("[secret]");
            return masked.substring(0, Math.min(masked.length(), MAX_LENGTH));
        }
    }
}
