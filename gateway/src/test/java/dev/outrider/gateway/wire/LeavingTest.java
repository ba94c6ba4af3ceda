package dev.outrider.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrider.gateway.bench.Fault;
import dev.outrider.gateway.bench.FaultUpstream;
import dev.outrider.gateway.bench.FaultUpstream.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Robots that leave, stop reading, or never finish asking. */
class LeavingTest {

    private final FaultUpstream upstream = FaultUpstream.listen("a", 0, false);
    private final Rig rig =
            Rig.with(
                    Map.of(
                            "gateway.wire.head", "300ms",
                            "gateway.wire.body", "300ms",
                            "gateway.wire.idle", "300ms"),
                    upstream);

    @AfterEach
    void close() {
        rig.close();
        upstream.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"HANG", "HANG_AFTER_HEAD", "HANG_MIDWAY", "ENDLESS"})
    void endTheUpstreamsWork(Fault fault) throws Exception {
        upstream.behave(Script.failing(fault));

        try (Socket robot = connect()) {
            send(robot, request(Rig.STREAM, ""));
            await().until(() -> upstream.running() == 1);
        }

        await().until(() -> upstream.running() == 0);
        await().until(() -> rig.usages().size() == 1);
        assertThat(rig.usages().getFirst().status()).isEqualTo(499);
    }

    @Test
    void endsTheUpstreamsWorkAtTheDeadlineAndNotSooner() throws Exception {
        upstream.behave(Script.failing(Fault.HANG));

        try (Socket robot = connect()) {
            long sent = System.nanoTime();
            send(robot, request(Rig.CHAT, "x-deadline-ms: 400\r\n"));
            await().until(() -> upstream.running() == 1);
            await().until(() -> upstream.running() == 0);

            Duration took = Duration.ofNanos(upstream.lastLeftNanos() - sent);
            assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(395));
        }
    }

    @Test
    void holdTheUpstreamBackWhileTheyDoNotRead() throws Exception {
        upstream.behave(Script.streaming(2_000_000, Duration.ZERO));

        try (Socket robot = connect()) {
            robot.setReceiveBufferSize(4096);
            send(robot, request(Rig.STREAM, "x-deadline-ms: 60000\r\n"));
            await().until(() -> upstream.running() == 1);
            await().during(Duration.ofMillis(500)).until(upstream::blocked);
        }

        await().until(() -> upstream.running() == 0);
    }

    @Test
    void areAnswered408WhenTheirBodyDoesNotCome() throws Exception {
        try (Socket robot = connect()) {
            send(robot, request(Rig.CHAT, "").substring(0, 200));

            assertThat(readAll(robot)).startsWith("HTTP/1.1 408 ").contains("request_timeout");
        }
        assertThat(upstream.calls()).isZero();
    }

    @Test
    void areCutWhenTheirHeadDoesNotCome() throws Exception {
        try (Socket silent = connect();
                Socket slow = connect()) {
            send(slow, "POST /v1/chat/comp");

            assertThat(readAll(silent)).isEmpty();
            assertThat(readAll(slow)).isEmpty();
        }
    }

    @Test
    void areCutWhenTheyStayAfterAnAnswer() throws Exception {
        try (Socket robot = connect()) {
            send(robot, request(Rig.CHAT, ""));

            assertThat(readAll(robot)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void areAnswered400WhenTheyDoNotSpeakHttp() throws Exception {
        try (Socket robot = connect()) {
            send(
                    robot,
                    "POST /v1/chat/completions HTTP/1.1\r\nX: " + "y".repeat(20_000) + "\r\n\r\n");

            assertThat(readAll(robot)).startsWith("HTTP/1.1 400 ").contains("invalid_request");
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), rig.port());
    }

    private String request(String body, String headers) {
        return "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + rig.token().reveal()
                + "\r\n"
                + headers
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n"
                + body;
    }

    private static void send(Socket robot, String text) throws IOException {
        robot.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String readAll(Socket robot) throws IOException {
        robot.setSoTimeout(10_000);
        try {
            return new String(robot.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException e) {
            return ""; // cut by reset
        }
    }
}
