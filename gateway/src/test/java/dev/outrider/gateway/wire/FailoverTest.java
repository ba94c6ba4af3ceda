package dev.outrider.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrider.gateway.bench.Fault;
import dev.outrider.gateway.bench.FaultUpstream;
import dev.outrider.gateway.bench.FaultUpstream.Script;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Breakers, rests and retries, over the wire. */
class FailoverTest {

    private final FaultUpstream a = FaultUpstream.listen("a", 0, true);
    private final FaultUpstream b = FaultUpstream.listen("b", 0, true);
    private final Rig rig =
            Rig.with(
                    Map.of(
                            "gateway.upstreams.b.weight", "0",
                            "gateway.breaker.hang", "100ms",
                            "gateway.breaker.probe", "200ms"),
                    a,
                    b);

    @AfterEach
    void close() {
        rig.close();
        a.close();
        b.close();
    }

    @Test
    void leavesAHungUpstreamOutAfterTwoRequestsAndTakesItBackWhenItRecovers() throws Exception {
        a.behave(Script.failing(Fault.HANG));

        ask("300");
        ask("300");
        assertThat(rig.pool().upstreams().getFirst().health()).isEqualTo("open");
        a.behave(Script.RIGHT);
        await().until(() -> rig.pool().upstreams().getFirst().health().equals("closed"));

        assertThat(Streams.wholeText(ask("300").body())).isEqualTo(a.rightText());
    }

    @Test
    void keepsAHungUpstreamOutWhileItsProbesHang() throws Exception {
        a.behave(Script.failing(Fault.HANG));
        ask("300");
        ask("300");

        await().until(() -> a.calls() >= 4);
        await().until(() -> a.running() <= 1);

        assertThat(rig.pool().upstreams().getFirst().health()).isEqualTo("open");
        assertThat(a.asked().getLast().body()).contains("\"max_tokens\":1");
    }

    @Test
    void probesOnceAnIntervalEvenWhereTheLastProbeStillHangs() throws Exception {
        a.behave(Script.failing(Fault.HANG));
        b.behave(Script.failing(Fault.STATUS_500));
        ask("300");
        ask("300");
        int hung = a.calls();
        int failed = b.calls();

        await().until(() -> b.calls() >= failed + 6);

        assertThat(a.calls() - hung).isGreaterThanOrEqualTo(5);
    }

    @Test
    void asksARestingUpstreamNothing() throws Exception {
        a.behave(Script.failing(Fault.STATUS_429_RETRY_AFTER));

        ask("1000");
        ask("1000");
        ask("1000");

        assertThat(a.calls()).isEqualTo(1);
        assertThat(b.calls()).isEqualTo(3);
    }

    @Test
    void passesTheShortestRestOn() throws Exception {
        a.behave(Script.failing(Fault.STATUS_429_RETRY_AFTER));
        b.behave(Script.failing(Fault.STATUS_429));

        HttpResponse<String> first = ask("1000");
        HttpResponse<String> second = ask("1000");

        assertThat(first.statusCode()).isEqualTo(429);
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(a.calls() + b.calls()).isEqualTo(2);
    }

    @Test
    void asksOnceMoreWhereAFailurePassed() throws Exception {
        a.behave(Script.failing(Fault.STATUS_500));
        b.behave(Script.failing(Fault.STATUS_500));

        HttpResponse<String> answer = ask("1000");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(a.calls()).isEqualTo(2);
        assertThat(b.calls()).isEqualTo(1);
    }

    @Test
    void asksNobodyElseWhenTheRequestItselfIsRefused() throws Exception {
        a.behave(Script.failing(Fault.STATUS_400));

        HttpResponse<String> answer = ask("1000");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("the context is too long").doesNotContain("sk-live");
        assertThat(b.calls()).isZero();
    }

    private HttpResponse<String> ask(String deadline) throws Exception {
        return rig.send(rig.chat(Rig.CHAT).header("x-deadline-ms", deadline));
    }
}
