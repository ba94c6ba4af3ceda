package dev.outrider.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journey with a cloud that goes away. */
class CloudIT {

    private static final String ANSWER =
            "data: {\"choices\":[{\"delta\":{\"content\":\"{\\\"plan\\\":[{\\\"do\\\":\\\"say\\\","
                    + "\\\"text\\\":\\\"welcome\\\"}]}\"}}]}\n\ndata: [DONE]\n\n";

    @TempDir Path folder;

    @Test
    void decidesInTheCloudAndGoesOnWithoutItSayingWhatIsLost() throws Exception {
        HttpServer cloud =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        cloud.createContext(
                "/v1/chat/completions",
                exchange -> {
                    byte[] answer = ANSWER.getBytes(StandardCharsets.UTF_8);
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        cloud.start();
        String url = "http://127.0.0.1:" + cloud.getAddress().getPort();
        try (RobotProcess robot = RobotProcess.start(folder.resolve("data"), "--cloud-url", url)) {
            JsonNode reached = send(robot, "greet whoever is there");
            assertThat(reached.path("outcome").asText()).isEqualTo("done");
            assertThat(reached.at("/decidedBy/rung").asText()).isEqualTo("cloud");
            assertThat(reached.at("/decidedBy/cloudLastReached").asText()).isNotEmpty();

            cloud.stop(0);

            JsonNode alone = send(robot, "turn left 10 degrees");
            assertThat(alone.path("outcome").asText()).isEqualTo("done");
            assertThat(alone.at("/decidedBy/rung").asText()).isEqualTo("reflex");
            assertThat(alone.at("/decidedBy/reason").asText()).contains("cloud");
            assertThat(alone.at("/decidedBy/degraded").toString()).contains("no_cloud");
            assertThat(alone.at("/decidedBy/cloudLastReached").asText())
                    .isEqualTo(reached.at("/decidedBy/cloudLastReached").asText());
        } finally {
            cloud.stop(0);
        }
    }

    private static JsonNode send(RobotProcess robot, String text) throws Exception {
        return robot.command("send", "--mode", "prefer_in_cloud", "--json", text).json();
    }
}
