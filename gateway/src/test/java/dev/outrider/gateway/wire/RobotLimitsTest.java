package dev.outrider.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrider.gateway.bench.Fault;
import dev.outrider.gateway.bench.FaultUpstream;
import dev.outrider.gateway.bench.FaultUpstream.Script;
import dev.outrider.gateway.robot.Robot.Limits;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits and rights of a robot, over the wire. */
class RobotLimitsTest {

    private static final long NONE = Limits.NONE;

    private final FaultUpstream upstream = FaultUpstream.listen("a", 0, false);
    private final Rig rig = Rig.limited(new Limits(NONE, 1, NONE, 40, NONE), Map.of(), upstream);

    @AfterEach
    void close() {
        rig.close();
        upstream.close();
    }

    @Test
    void answers429WhileThePlaceIsTakenAndFreesItWhenTheRobotLeaves() throws Exception {
        upstream.behave(Script.failing(Fault.HANG_MIDWAY));
        HttpResponse<InputStream> open = rig.open(rig.chat(Rig.STREAM));

        HttpResponse<String> second = rig.send(rig.chat(Rig.CHAT));
        open.body().close();
        upstream.behave(Script.RIGHT);

        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(second.body()).contains("rate_limit_exceeded");
        await().until(() -> rig.send(rig.chat(Rig.CHAT)).statusCode() == 200);
    }

    @Test
    void answers429WhenTheDaysTokensAreSpentByPlainAnswersAndStreams() throws Exception {
        assertThat(rig.send(rig.chat(Rig.STREAM)).statusCode()).isEqualTo(200);
        assertThat(rig.send(rig.chat(Rig.CHAT)).statusCode()).isEqualTo(200);
        assertThat(rig.send(rig.chat(Rig.STREAM)).statusCode()).isEqualTo(200);

        HttpResponse<String> spent = rig.send(rig.chat(Rig.CHAT));

        assertThat(spent.statusCode()).isEqualTo(429);
        assertThat(spent.body()).contains("insufficient_quota").contains("daily tokens");
        assertThat(spent.headers().firstValueAsLong("Retry-After").orElse(0))
                .isBetween(1L, 86_400L);
    }

    @Test
    void answers403ForAModelTheRobotMayNotUseAndDoesNotListIt() throws Exception {
        rig.registrar().change("rover", robot -> robot.withModels(Set.of("small")));
        rig.roster().refresh();

        assertThat(rig.send(rig.chat(Rig.CHAT)).statusCode()).isEqualTo(403);
        assertThat(rig.send(rig.request("/v1/models")).body()).doesNotContain("large");
    }

    @Test
    void answers401OnceARobotIsRevoked() throws Exception {
        rig.registrar().revoke("rover");
        rig.roster().refresh();

        assertThat(rig.send(rig.chat(Rig.CHAT)).statusCode()).isEqualTo(401);
    }
}
