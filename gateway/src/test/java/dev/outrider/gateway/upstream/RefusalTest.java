package dev.outrider.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {

    private final Refusal refusal =
            new Refusal(
                    InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z")), Optional.empty());

    @ParameterizedTest
    @CsvSource({
        "7, PT7S",
        "0.25, PT0.25S",
        "'Sun, 01 Mar 2026 12:00:30 GMT', PT30S",
        "86400000, PT1H",
        "soon,",
        "-5,",
    })
    void readsRetryAfterAsSecondsOrDate(String header, @Nullable Duration wait) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("Retry-After", header);

        assertThat(refusal.of(429, headers, Buffer.buffer()).retryAfter()).isEqualTo(wait);
    }

    @ParameterizedTest
    @CsvSource({
        "400, REJECTED", "413, REJECTED", "422, REJECTED", "401, BROKEN", "404, BROKEN",
        "429, OVERLOADED", "503, UNAVAILABLE", "500, BROKEN", "302, BROKEN", "204, BROKEN",
    })
    void tellsWhoseFaultAStatusIs(int status, Failure.Kind kind) {
        MultiMap none = MultiMap.caseInsensitiveMultiMap();

        assertThat(refusal.of(status, none, Buffer.buffer()).kind()).isEqualTo(kind);
    }
}
