package dev.outrider.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.codec.PlanJson;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** A robot controller that speaks MQTT 5, and remembers all it hears. */
final class TestClient implements AutoCloseable {

    static final String ROOT = "outrider/v1/rover-1/";

    final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final MqttAsyncClient client;

    record Heard(String topic, MqttMessage message) {

        String text() {
            return new String(message.getPayload(), UTF_8);
        }

        JsonNode json() {
            try {
                return PlanJson.MAPPER.readTree(text());
            } catch (java.io.IOException e) {
                throw new AssertionError(text(), e);
            }
        }
    }

    TestClient(BrokerUrl broker, String name) throws MqttException {
        client =
                new MqttAsyncClient(
                        "tcp://" + broker.host() + ":" + broker.port(),
                        name,
                        new MemoryPersistence());
        client.setCallback(new Ears());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setSocketFactory(new NoDelaySockets());
        client.connect(options).waitForCompletion(10_000);
    }

    TestClient hears(String... topics) throws MqttException {
        for (String topic : topics) {
            IMqttToken token = client.subscribe(ROOT + topic, 1);
            token.waitForCompletion(10_000);
        }
        return this;
    }

    void sends(String topic, String payload) throws MqttException {
        sends(topic, payload.getBytes(UTF_8), new MqttProperties(), false);
    }

    /** With Correlation Data, and this client's own response topic. */
    void asks(String topic, String correlation, String payload) throws MqttException {
        MqttProperties properties = new MqttProperties();
        properties.setCorrelationData(correlation.getBytes(UTF_8));
        properties.setResponseTopic(ROOT + "rsp/" + client.getClientId());
        sends(topic, payload.getBytes(UTF_8), properties, false);
    }

    void sends(String topic, byte[] payload, MqttProperties properties, boolean retained)
            throws MqttException {
        MqttMessage message = new MqttMessage(payload, 1, retained, properties);
        client.publish(ROOT + topic, message).waitForCompletion(10_000);
    }

    Heard awaits(Predicate<Heard> wanted) {
        return Awaitility.await()
                .until(
                        () -> heard.stream().filter(wanted).findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    @Override
    public void close() throws MqttException {
        client.disconnectForcibly(0, 500, true);
        client.close(true);
    }

    private final class Ears implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            heard.add(new Heard(topic.substring(ROOT.length()), message));
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {}

        @Override
        public void mqttErrorOccurred(MqttException exception) {}

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnect, String uri) {}

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {}
    }
}
