package dev.outrider.mqtt;

import static dev.outrider.mqtt.LinkedRobot.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

    @TempDir Path folder;

    @Test
    void carriesACommandAndItsAnswer() throws IOException, MqttException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
                LinkedRobot robot =
                        new LinkedRobot(folder.resolve("robot"), LinkedRobot.quick(broker.url()));
                TestClient client = new TestClient(broker.url(), "alice")) {
            assertThat(robot.link.awaitConnected(LONG)).as(robot.link.status().toString()).isTrue();
            client.hears("rsp/alice");

            client.asks("req/command", "c-1", "{\"text\":\"dock\"}");

            TestClient.Heard outcome = client.awaits(heard -> heard.text().contains("outcome"));
            assertThat(outcome.json().path("id").textValue()).isEqualTo("c-1");
            assertThat(outcome.json().path("outcome").textValue()).isEqualTo("done");
        }
    }

    @Test
    void keepsWhatItAcknowledgedAcrossARestart() throws IOException, MqttException {
        int port;
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            port = broker.port();
            try (LinkedRobot robot =
                    new LinkedRobot(folder.resolve("robot"), LinkedRobot.quick(broker.url()))) {
                assertThat(robot.link.awaitConnected(LONG)).isTrue();
            }
            try (TestClient client = new TestClient(broker.url(), "alice")) {
                client.asks("req/command", "c-1", "{\"text\":\"dock\"}");
            }
        }

        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), port);
                LinkedRobot robot =
                        new LinkedRobot(folder.resolve("robot"), LinkedRobot.quick(broker.url()));
                TestClient client = new TestClient(broker.url(), "alice").hears("rsp/alice")) {
            client.awaits(heard -> heard.text().contains("\"outcome\":\"done\""));
            assertThat(robot.intake.ids()).containsExactly("c-1");
        }
    }

    @Test
    void refusesPacketsBeyondItsLimit() throws IOException, MqttException {
        byte[] tooLarge = new byte[2 * 1024 * 1024];
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
                TestClient client = new TestClient(broker.url(), "alice")) {
            assertThatThrownBy(() ->
                            client.sends("req/command", tooLarge, new MqttProperties(), false))
                    .isInstanceOf(MqttException.class);
        }
    }

    @Test
    void saysInOneLineThatItsPortIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedBroker.start(folder, taken.getLocalPort()))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("port " + taken.getLocalPort() + " is in use")
                    .hasMessageNotContaining("\n");
        }
    }
}
