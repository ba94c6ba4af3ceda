package dev.outrider.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;

/** The other end of the wire: a short-lived client of one robot, for the command line. */
public final class Controller implements AutoCloseable {

    /**
     * What a robot said.
     *
     * @param branch the topic below the robot's, such as {@code state} or {@code rsp/me}
     */
    public record Message(String branch, String json) {}

    private final MqttAsyncClient client;
    private final Topics topics;
    private final String name;
    private final Duration timeout;

    private Controller(MqttAsyncClient client, Topics topics, String name, Duration timeout) {
        this.client = client;
        this.topics = topics;
        this.name = name;
        this.timeout = timeout;
    }

    /**
     * Connects to a robot's broker.
     *
     * @param heard told what the robot says on what is subscribed, on Paho's thread
     * @param lost told once if the connection breaks
     * @throws IllegalStateException in one line, if it cannot be reached
     */
    public static Controller connect(
            LinkConfig config, Consumer<Message> heard, Consumer<String> lost) {
        Topics topics = new Topics(config.root(), config.robot());
        String name = "cli-" + UUID.randomUUID().toString().substring(0, 8);
        try {
            MqttAsyncClient client =
                    new MqttAsyncClient(
                            PahoConnector.serverUri(config.broker()),
                            name,
                            new MemoryPersistence());
            client.setCallback(new Ears(topics, heard, lost));
            waited(client.connect(options(config)), config.timeout());
            return new Controller(client, topics, name, config.timeout());
        } catch (LinkFailure e) {
            throw new IllegalStateException(e.getMessage(), e);
        } catch (MqttException e) {
            throw unreachable(config, e);
        }
    }

    /** The name the robot answers to. */
    public String name() {
        return name;
    }

    /** Listens to branches of the robot's topics; a branch may end in {@code #}. */
    public void listen(String... branches) {
        try {
            for (String branch : branches) {
                waited(client.subscribe(topics.of(branch), 1), timeout);
            }
        } catch (MqttException e) {
            throw new IllegalStateException("the broker refused: " + Reasons.of(e), e);
        }
    }

    /**
     * Sends a request; returns once the broker has it.
     *
     * @param branch such as {@code req/command}
     * @param id the correlation, or null for none
     * @param expiry the deadline, or null for none; whole seconds
     */
    public void send(String branch, String json, @Nullable String id, @Nullable Duration expiry) {
        MqttMessage message = new MqttMessage(json.getBytes(UTF_8));
        message.setQos(1);
        MqttProperties properties = new MqttProperties();
        properties.setResponseTopic(topics.response(name));
        if (id != null) {
            properties.setCorrelationData(id.getBytes(UTF_8));
        }
        if (expiry != null) {
            properties.setMessageExpiryInterval(expiry.toSeconds());
        }
        message.setProperties(properties);
        try {
            waited(client.publish(topics.of(branch), message), timeout);
        } catch (MqttException e) {
            throw new IllegalStateException("the broker refused: " + Reasons.of(e), e);
        }
    }

    @Override
    public void close() {
        try {
            client.disconnectForcibly(0, timeout.toMillis(), true);
            client.close(true);
        } catch (MqttException e) {
            System.getLogger(Controller.class.getName())
                    .log(System.Logger.Level.DEBUG, "closing", e);
        }
    }

    private static void waited(IMqttToken token, Duration timeout) throws MqttException {
        token.waitForCompletion(timeout.toMillis());
        int[] codes = token.getReasonCodes();
        if (codes != null && codes.length > 0 && codes[0] >= 0x80) {
            throw new IllegalStateException("the broker refused: " + Reasons.of(codes[0]));
        }
    }

    private static MqttConnectionOptions options(LinkConfig config) throws LinkFailure {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        options.setAutomaticReconnect(false);
        options.setConnectionTimeout((int) config.timeout().toSeconds());
        options.setKeepAliveInterval((int) config.keepAlive().toSeconds());
        options.setSocketFactory(PahoConnector.sockets(config.broker()));
        Credentials credentials = config.credentials();
        if (credentials != null) {
            options.setUserName(credentials.user());
            options.setPassword(credentials.password().getBytes(UTF_8));
        }
        return options;
    }

    private static IllegalStateException unreachable(LinkConfig config, MqttException e) {
        return new IllegalStateException(
                "the broker "
                        + config.broker()
                        + " cannot be reached: "
                        + Reasons.of(e)
                        + "; is the robot running (outrider run), or is another broker meant"
                        + " (--mqtt-url)?",
                e);
    }

    private record Ears(Topics topics, Consumer<Message> heard, Consumer<String> told)
            implements MqttCallback {

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            topics.branch(topic)
                    .map(b -> new Message(b, new String(message.getPayload(), UTF_8)))
                    .ifPresent(heard);
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            MqttException e = response.getException();
            told.accept(e == null ? "the broker ended the connection" : Reasons.of(e));
        }

        @Override
        public void mqttErrorOccurred(MqttException e) {
            told.accept(Reasons.of(e));
        }

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {}

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {}
    }
}
