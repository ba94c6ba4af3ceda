package dev.outrider.mqtt;

import static dev.outrider.mqtt.LinkedRobot.LONG;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrider.kernel.Commands;
import dev.outrider.kernel.RecordingIntake;
import dev.outrider.model.CommandId;
import dev.outrider.mqtt.Mosquitto.Listening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The link with a broker and clients that are none of ours. */
@Timeout(60)
class MosquittoTest {

    private static final String ROOT = TestClient.ROOT;

    @TempDir Path folder;
    private Path brokerFolder;
    private Path robotFolder;

    @BeforeEach
    void folders() throws IOException {
        brokerFolder = Files.createDirectory(folder.resolve("broker"));
        robotFolder = folder.resolve("robot");
    }

    @Test
    void answersAnMqtt5ClientWithItsCorrelationData() throws IOException {
        try (Mosquitto broker = new Mosquitto(brokerFolder);
                LinkedRobot robot = linked(broker);
                Listening client =
                        broker.listen(
                                "-V", "5", "-q", "1", "-t", ROOT + "rsp/alice", "-F", "%D %p")) {
            assertThat(robot.link.awaitConnected(LONG)).isTrue();

            await().until(() -> {
                broker.publish(
                        "-V",
                        "5",
                        "-q",
                        "1",
                        "-t",
                        ROOT + "req/command",
                        "-m",
                        "{\"text\":\"dock\"}",
                        "-D",
                        "publish",
                        "correlation-data",
                        "c-1",
                        "-D",
                        "publish",
                        "response-topic",
                        ROOT + "rsp/alice",
                        "-D",
                        "publish",
                        "message-expiry-interval",
                        "60");
                return client.text().contains("c-1 {\"id\":\"c-1\"");
            });

            assertThat(client.text()).contains("\"outcome\":\"done\"");
            assertThat(robot.intake.commands.getFirst().timeAllowed())
                    .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(60));
        }
    }

    @Test
    void answersA311ClientThatPutsEverythingIntoThePayload() throws IOException {
        try (Mosquitto broker = new Mosquitto(brokerFolder);
                LinkedRobot robot = linked(broker)) {
            assertThat(robot.link.awaitConnected(LONG)).isTrue();
            try (Listening client = listen311(broker, "rsp/bob")) {

                broker.publish(
                        "-V",
                        "mqttv311",
                        "-q",
                        "1",
                        "-t",
                        ROOT + "req/command",
                        "-m",
                        "{\"id\":\"c-1\",\"replyTo\":\"bob\",\"deadlineMs\":1500,\"text\":\"dock\"}");

                client.awaits("\"outcome\":\"done\"");
                assertThat(robot.intake.commands)
                        .containsExactly(
                                new RecordingIntake.Taken(
                                        Commands.words("c-1", "bob", "dock"),
                                        Duration.ofMillis(1500)));
            }
        }
    }

    @Test
    void refusesBadRequestsInWordsAndStaysUp() throws IOException {
        try (Mosquitto broker = new Mosquitto(brokerFolder);
                LinkedRobot robot = linked(broker)) {
            assertThat(robot.link.awaitConnected(LONG)).isTrue();
            try (Listening client = listen311(broker, "rsp/#")) {
                broker.publish("-q", "1", "-t", ROOT + "req/command", "-m", "{nonsense");
                client.awaits("not_json");
                broker.publish(
                        "-q",
                        "1",
                        "-t",
                        ROOT + "req/query",
                        "-m",
                        "{\"id\":\"q\",\"replyTo\":\"bob\"}");
                client.awaits("unknown_kind");
                Path large = Files.writeString(folder.resolve("large"), "x".repeat(70_000));
                broker.publish("-q", "1", "-t", ROOT + "req/command", "-f", large.toString());
                client.awaits("too_large");
                broker.publish(
                        "-q",
                        "1",
                        "-r",
                        "-t",
                        ROOT + "req/command",
                        "-m",
                        "{\"id\":\"r\",\"text\":\"dock\"}");
                client.awaits("commands are never retained");
            }
            assertThat(robot.intake.commands).isEmpty();
            assertThat(robot.link.status().connected()).isTrue();
        }
    }

    @Test
    void neverRunsACommandThatWasRetainedBeforeItCame() throws IOException {
        try (Mosquitto broker = new Mosquitto(brokerFolder)) {
            broker.publish(
                    "-q",
                    "1",
                    "-r",
                    "-t",
                    ROOT + "req/command",
                    "-m",
                    "{\"id\":\"old\",\"text\":\"dock\"}");
            try (LinkedRobot robot = linked(broker)) {
                assertThat(robot.link.awaitConnected(LONG)).isTrue();

                broker.publish(
                        "-q",
                        "1",
                        "-t",
                        ROOT + "req/command",
                        "-m",
                        "{\"id\":\"new\",\"text\":\"dock\"}");

                await().until(() -> robot.intake.ids().contains("new"));
                assertThat(robot.intake.ids()).containsExactly("new");
            }
        }
    }

    @Test
    void showsItselfRetainedAndItsEndByTheLastWill() throws IOException {
        try (Mosquitto broker = new Mosquitto(brokerFolder)) {
            try (LinkedRobot robot = linked(broker);
                    Listening watcher = broker.listen("-q", "1", "-t", ROOT + "conn", "-F", "%p")) {
                watcher.awaits("ONLINE");
                robot.x.set(7);
                robot.link.stateChanged();
                await().until(() -> retained(broker, "state"), state -> state.contains("\"x\":7"));
                assertThat(retained(broker, "state")).contains("\"rev\":", "\"at\":");
                assertThat(retained(broker, "meta")).contains("\"robot\":\"rover-1\"");

                robot.link.drop("test");

                watcher.awaits("LOST\nONLINE");
            }
            assertThat(retained(broker, "conn")).contains("OFFLINE");
        }
    }

    @Test
    void engagesTheEmergencyStopWhateverTheMessageSays() throws IOException {
        try (Mosquitto broker = new Mosquitto(brokerFolder);
                LinkedRobot robot = linked(broker)) {
            assertThat(robot.link.awaitConnected(LONG)).isTrue();

            broker.publish("-V", "mqttv311", "-q", "0", "-t", ROOT + "estop", "-n");
            await().until(() -> robot.intake.stops.size() == 1);
            broker.publish("-q", "1", "-t", ROOT + "estop", "-m", "{\"release\":true}");

            await().until(() -> robot.intake.stops.size() == 2);
        }
    }

    @Test
    void forgetsAnAnswerOnlyWhenTheClientAcknowledges() throws IOException {
        try (Mosquitto broker = new Mosquitto(brokerFolder);
                LinkedRobot robot = linked(broker)) {
            assertThat(robot.link.awaitConnected(LONG)).isTrue();
            broker.publish(
                    "-q",
                    "1",
                    "-t",
                    ROOT + "req/command",
                    "-m",
                    "{\"id\":\"c-1\",\"replyTo\":\"bob\",\"text\":\"dock\"}");
            await().until(() -> robot.intake.ids().contains("c-1"));
            await().until(() -> openAgain(robot) == 1);

            broker.publish("-q", "1", "-t", ROOT + "ack/bob", "-m", "{\"id\":\"c-1\"}");

            await().until(() -> openAgain(robot) == 0);
        }
    }

    @Test
    void losesNothingWhenTheBrokerIsKilledAndForgetsEverything() throws IOException {
        try (Mosquitto broker = new Mosquitto(brokerFolder, "persistence false");
                LinkedRobot robot = linked(broker)) {
            assertThat(robot.link.awaitConnected(LONG)).isTrue();
            broker.publish(
                    "-q",
                    "1",
                    "-t",
                    ROOT + "req/command",
                    "-m",
                    "{\"id\":\"c-1\",\"replyTo\":\"bob\",\"text\":\"dock\"}");
            await().until(() -> robot.intake.ids().contains("c-1"));
            broker.kill();
            await().until(() -> !robot.link.status().connected());
            answer(robot, "c-2");

            broker.restart();

            try (Listening client = listen311(broker, "rsp/bob")) {
                client.awaits("\"id\":\"c-1\"").awaits("\"id\":\"c-2\"");
            }
        }
    }

    @Test
    void getsWhatWasSentWhileItWasAwayFromABrokerThatKeepsIt() throws IOException {
        try (Mosquitto broker = new Mosquitto(brokerFolder, "persistence true")) {
            try (LinkedRobot robot = linked(broker)) {
                assertThat(robot.link.awaitConnected(LONG)).isTrue();
            }
            for (int i = 0; i < 50; i++) {
                broker.publish(
                        "-q",
                        "1",
                        "-t",
                        ROOT + "req/command",
                        "-m",
                        "{\"id\":\"c-" + i + "\",\"text\":\"dock\"}");
            }
            broker.stop();
            broker.restart();

            try (LinkedRobot robot = linked(broker)) {
                await().until(() -> robot.intake.ids().size() >= 50);
                assertThat(robot.intake.ids()).doesNotHaveDuplicates().contains("c-0", "c-49");
            }
        }
    }

    @Test
    void storesTelemetryWhileThereIsNoBrokerAndSendsItInOrder() throws IOException, MqttException {
        try (Mosquitto broker = new Mosquitto(brokerFolder);
                LinkedRobot robot = linked(broker)) {
            assertThat(robot.link.awaitConnected(LONG)).isTrue();
            broker.stop();
            await().until(() -> !robot.link.status().connected());
            for (int i = 1; i <= 300; i++) {
                robot.journal.append("pose", "{\"i\":" + i + "}").toCompletableFuture().join();
            }

            broker.restart();
            try (TestClient client = new TestClient(broker.url(), "watcher").hears("tel/pose")) {
                robot.journal.append("pose", "{\"i\":301}").toCompletableFuture().join();
                client.awaits(heard -> heard.text().contains("\"seq\":301"));

                assertThat(client.heard.stream().map(heard -> heard.json().path("seq").asInt()))
                        .isSorted()
                        .doesNotHaveDuplicates();
                assertThat(client.heard.getLast().json().path("i").asInt()).isEqualTo(301);
            }
            await().until(() -> robot.journal.stored(0, 10).isEmpty());
        }
    }

    @Test
    void keepsOddCorrelationDataToTheByte() throws IOException, MqttException {
        byte[] odd = {0, 1, (byte) 0xff};
        try (Mosquitto broker = new Mosquitto(brokerFolder);
                LinkedRobot robot = linked(broker);
                TestClient client = new TestClient(broker.url(), "alice").hears("rsp/alice")) {
            assertThat(robot.link.awaitConnected(LONG)).isTrue();
            MqttProperties properties = new MqttProperties();
            properties.setCorrelationData(odd);
            properties.setResponseTopic(ROOT + "rsp/alice");

            client.sends("req/command", "{\"text\":\"dock\"}".getBytes(UTF_8), properties, false);

            TestClient.Heard outcome = client.awaits(heard -> heard.text().contains("done"));
            assertThat(outcome.message().getProperties().getCorrelationData()).isEqualTo(odd);
            assertThat(outcome.json().path("id").textValue()).isEqualTo("b64:AAH_");
        }
    }

    @Test
    void saysInOneLineWhyABrokerCannotBeUsed() throws IOException {
        BrokerUrl nobody = BrokerUrl.parse("mqtt://127.0.0.1:1");
        try (LinkedRobot robot = new LinkedRobot(robotFolder, LinkedRobot.quick(nobody))) {
            await().until(() -> robot.link.status().lastError() != null);
            assertThat(robot.link.awaitConnected(Duration.ofMillis(800))).isFalse();
            assertThat(robot.link.status().lastError())
                    .isEqualTo(
                            "the broker mqtt://127.0.0.1:1 cannot be used: "
                                    + "ConnectException: Connection refused");
        }
        try (Mosquitto broker = new Mosquitto(brokerFolder, "allow_anonymous false");
                LinkedRobot robot = linked(broker)) {
            await().until(
                            () -> String.valueOf(robot.link.status().lastError()),
                            error -> error.contains("not authorized"));
        }
    }

    private LinkedRobot linked(Mosquitto broker) {
        return new LinkedRobot(robotFolder, LinkedRobot.quick(broker.url()));
    }

    /** Answers a command as if it had come before the broker went. */
    private static void answer(LinkedRobot robot, String id) {
        robot.intake
                .command(Commands.words(id, "bob", "dock"), Duration.ZERO)
                .toCompletableFuture()
                .join();
    }

    private static long openAgain(LinkedRobot robot) {
        robot.journal.reopen().toCompletableFuture().join();
        return robot.journal.open(0, 100).stream()
                .filter(letter -> letter.id().equals(new CommandId("c-1")))
                .count();
    }

    private static Listening listen311(Mosquitto broker, String topic) throws IOException {
        String[] arguments = {"-V", "mqttv311", "-q", "1", "-t", ROOT + topic, "-t", ROOT + "conn"};
        return broker.listen(arguments).awaits("ONLINE"); // the robot's, and now it listens
    }

    private static String retained(Mosquitto broker, String topic) throws IOException {
        try (Listening once = broker.listen("-q", "1", "-C", "1", "-t", ROOT + topic)) {
            await().until(() -> !once.text().isEmpty());
            return once.text();
        }
    }
}
