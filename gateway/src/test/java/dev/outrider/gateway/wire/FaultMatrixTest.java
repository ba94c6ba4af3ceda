package dev.outrider.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrider.gateway.bench.Fault;
import dev.outrider.gateway.bench.FaultUpstream;
import dev.outrider.gateway.bench.FaultUpstream.Script;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every fault, for plain answers and streams, with and without another upstream: a right answer or
 * a clean error before the deadline, no spliced text, no secret, no work left at the upstream.
 */
class FaultMatrixTest {

    private static final Duration DEADLINE = Duration.ofMillis(900);

    /** Beyond the deadline, what a loaded machine may need to deliver the answer. */
    private static final Duration DELIVERY = Duration.ofSeconds(3);

    private static final Set<Fault> HARMLESS = EnumSet.of(Fault.NONE, Fault.DRIP, Fault.SLOW_HEAD);

    private static final Map<String, String> LIMITS =
            Map.of(
                    "gateway.upstreams.b.weight", "0",
                    "gateway.attempts.max-bytes", "1048576");

    static Stream<Arguments> faults() {
        return Arrays.stream(Fault.values())
                .filter(fault -> fault != Fault.STATUS_400) // no fault of the upstream's
                .flatMap(fault -> Stream.of(Arguments.of(fault, false), Arguments.of(fault, true)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isNotSeenWhereAnotherUpstreamIsLeft(Fault fault, boolean stream) throws Exception {
        try (FaultUpstream a = FaultUpstream.listen("a", 0, false);
                FaultUpstream b = FaultUpstream.listen("b", 0, false);
                Rig rig = Rig.with(LIMITS, a, b)) {
            a.behave(Script.failing(fault));

            HttpResponse<String> answer = ask(rig, stream);

            if (stream && breaksMidway(fault)) {
                checkBroken(answer, fault, a);
            } else {
                boolean own = HARMLESS.contains(fault) || (stream && fault == Fault.HANG_AT_END);
                checkRight(answer, stream, own ? a : b);
            }
            checkNothingLeft(rig, answer, a, b);
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isAnsweredWithACleanErrorWhereNoneIsLeft(Fault fault, boolean stream) throws Exception {
        try (FaultUpstream a = FaultUpstream.listen("a", 0, false);
                Rig rig = Rig.with(Map.of("gateway.attempts.max-bytes", "1048576"), a)) {
            a.behave(Script.failing(fault));

            HttpResponse<String> answer = ask(rig, stream);

            if (HARMLESS.contains(fault) || (stream && fault == Fault.HANG_AT_END)) {
                checkRight(answer, stream, a);
            } else if (stream && breaksMidway(fault)) {
                checkBroken(answer, fault, a);
            } else {
                checkError(answer, fault);
            }
            checkNothingLeft(rig, answer, a);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refusedConnectionsAreNotSeenWhereAnotherUpstreamIsLeft(boolean stream) throws Exception {
        try (FaultUpstream a = FaultUpstream.listen("a", 0, false);
                FaultUpstream b = FaultUpstream.listen("b", 0, false);
                FaultUpstream c = FaultUpstream.listen("c", 0, false);
                Rig rig = Rig.with(Map.of("gateway.upstreams.c.weight", "0"), a, b, c)) {
            a.kill();
            b.kill();

            checkRight(ask(rig, stream), stream, c);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refusedConnectionsAreAnsweredWith502WhereNoneIsLeft(boolean stream) throws Exception {
        try (FaultUpstream a = FaultUpstream.listen("a", 0, false);
                Rig rig = Rig.before(a)) {
            a.kill();

            HttpResponse<String> answer = ask(rig, stream);

            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(answer.body()).contains("\"upstream_unreachable\"");
        }
    }

    private static HttpResponse<String> ask(Rig rig, boolean stream) throws Exception {
        HttpRequest.Builder request =
                rig.chat(stream ? Rig.STREAM : Rig.CHAT)
                        .header("x-deadline-ms", Long.toString(DEADLINE.toMillis()))
                        .timeout(DEADLINE.plus(DELIVERY));
        return rig.send(request);
    }

    private static boolean breaksMidway(Fault fault) {
        return switch (fault) {
            case HANG_MIDWAY,
                    RESET_MIDWAY,
                    FIN_MIDWAY,
                    CLEAN_END_MIDWAY,
                    BAD_JSON_MIDWAY,
                    ERROR_WITH_200,
                    ENDLESS ->
                    true;
            default -> false;
        };
    }

    private static void checkRight(
            HttpResponse<String> answer, boolean stream, FaultUpstream from) {
        assertThat(answer.statusCode()).isEqualTo(200);
        String text = stream ? Streams.text(answer.body()) : Streams.wholeText(answer.body());
        assertThat(text).isEqualTo(from.rightText());
        if (stream) {
            assertThat(Streams.done(answer.body())).isTrue();
        }
    }

    private static void checkBroken(HttpResponse<String> answer, Fault fault, FaultUpstream from) {
        String code =
                switch (fault) {
                    case HANG_MIDWAY, ENDLESS -> "deadline_exceeded";
                    case BAD_JSON_MIDWAY -> "upstream_invalid";
                    case ERROR_WITH_200 -> "upstream_failed";
                    default -> "upstream_cut";
                };
        assertThat(Streams.error(answer.body())).isEqualTo(code);
        assertThat(Streams.done(answer.body())).isFalse();
        if (fault != Fault.ENDLESS) {
            assertThat(from.rightText()).startsWith(Streams.text(answer.body()));
        }
    }

    private static void checkError(HttpResponse<String> answer, Fault fault) {
        int status =
                switch (fault) {
                    case HANG, HANG_AFTER_HEAD, HANG_MIDWAY, HANG_AT_END, TRICKLE, ENDLESS -> 504;
                    case STATUS_429, STATUS_429_RETRY_AFTER -> 429;
                    case STATUS_503, STATUS_503_RETRY_AFTER -> 503;
                    default -> 502;
                };
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(new JsonObject(answer.body()).getJsonObject("error").getString("code"))
                .isNotEmpty();
        if (status == 429 || status == 503) {
            assertThat(answer.headers().firstValue("Retry-After"))
                    .hasValue(fault.name().endsWith("RETRY_AFTER") ? "7" : "1");
        }
    }

    private static void checkNothingLeft(
            Rig rig, HttpResponse<String> answer, FaultUpstream... upstreams) {
        assertThat(answer.body()).doesNotContain("sk-live");
        int calls = 0;
        for (FaultUpstream upstream : upstreams) {
            await().until(() -> upstream.running() == 0);
            calls += upstream.calls();
        }
        assertThat(calls).isLessThanOrEqualTo(1 + upstreams.length);
        await().until(() -> rig.usages().size() == 1);
    }
}
