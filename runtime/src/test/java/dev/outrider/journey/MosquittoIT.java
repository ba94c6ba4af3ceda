package dev.outrider.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.mqtt.Mosquitto;
import dev.outrider.mqtt.Mosquitto.Listening;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journey over Debian's Mosquitto, with clients that are none of ours. */
class MosquittoIT {

    private static final String COMMAND = "outrider/v1/rover-1/req/command";

    @TempDir Path folder;
    private Mosquitto broker;

    @BeforeEach
    void startTheBroker() throws Exception {
        broker = new Mosquitto(folder);
    }

    @AfterEach
    void stopTheBroker() throws Exception {
        broker.close();
    }

    @Test
    void movesOnceAndAnswersTwiceAlikeForTheSameIdSentTwice() throws Exception {
        String request = "{\"id\":\"m-1\",\"replyTo\":\"me\",\"text\":\"turn left 90 degrees\"}";
        try (RobotProcess robot = robot();
                Listening answers = broker.listen("-t", "outrider/v1/rover-1/rsp/me")) {
            broker.publish("-q", "1", "-t", COMMAND, "-m", request);
            broker.publish("-q", "1", "-t", COMMAND, "-m", request);

            await().atMost(Duration.ofSeconds(30)).until(() -> outcomes(answers).size() == 2);
            assertThat(outcomes(answers).getFirst())
                    .contains("\"outcome\":\"done\"")
                    .isEqualTo(outcomes(answers).getLast());
            assertThat(heading()).isBetween(88.0, 92.0);
            assertThat(robot.alive()).isTrue();
        }
    }

    @Test
    void answersAnOldClientAndOneWithProperties() throws Exception {
        try (RobotProcess robot = robot();
                Listening answers =
                        broker.listen("-V", "mqttv311", "-t", "outrider/v1/rover-1/rsp/+")) {
            broker.publish(
                    "-V",
                    "mqttv311",
                    "-q",
                    "1",
                    "-t",
                    COMMAND,
                    "-m",
                    "{\"id\":\"old\",\"replyTo\":\"me\",\"deadlineMs\":30000,\"text\":\"para\"}");
            broker.publish(
                    "-V",
                    "mqttv5",
                    "-q",
                    "1",
                    "-t",
                    COMMAND,
                    "-D",
                    "publish",
                    "correlation-data",
                    "new",
                    "-D",
                    "publish",
                    "response-topic",
                    "outrider/v1/rover-1/rsp/you",
                    "-D",
                    "publish",
                    "message-expiry-interval",
                    "30",
                    "-m",
                    "{\"text\":\"di hola\"}");

            answers.awaits("\"id\":\"new\",\"type\":\"outcome\",\"outcome\":\"done\"");
            answers.awaits("\"id\":\"old\",\"type\":\"outcome\",\"outcome\":\"done\"");
            assertThat(robot.log()).doesNotContain("Exception");
        }
    }

    @Test
    void takesUpAgainWhenTheBrokerComesBack() throws Exception {
        try (RobotProcess robot = robot()) {
            broker.kill();
            broker.restart();
            try (Listening answers =
                    broker.listen(
                            "-t", "outrider/v1/rover-1/+/me", "-t", "outrider/v1/rover-1/conn")) {
                answers.awaits("ONLINE");
                broker.publish(
                        "-q",
                        "1",
                        "-t",
                        COMMAND,
                        "-m",
                        "{\"id\":\"again\",\"replyTo\":\"me\",\"text\":\"turn right\"}");

                answers.awaits("\"outcome\":\"done\"");
            }
            assertThat(robot.terminate()).isIn(0, 143);
        }
        try (Listening last = broker.listen("-t", "outrider/v1/rover-1/conn", "-C", "1")) {
            last.awaits("OFFLINE");
        }
    }

    private RobotProcess robot() throws Exception {
        return RobotProcess.start(folder.resolve("data"), "--mqtt-url", broker.url().toString());
    }

    private double heading() throws Exception {
        try (Listening state = broker.listen("-t", "outrider/v1/rover-1/state", "-C", "1")) {
            JsonNode json = Ears.json(state.awaits("\"heading\"").text().strip());
            return json.at("/pose/heading").asDouble();
        }
    }

    private static List<String> outcomes(Listening answers) throws Exception {
        return answers.text().lines().filter(l -> l.contains("\"type\":\"outcome\"")).toList();
    }
}
