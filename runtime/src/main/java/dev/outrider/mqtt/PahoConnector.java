package dev.outrider.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.NoSuchAlgorithmException;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * Makes connections with Paho: a fresh client for each, without its reconnecting and its files, so
 * that nothing of one connection can be taken for another's.
 */
final class PahoConnector implements Connection.Connector {

    /** Paho reads a larger Receive Maximum as a negative number, and then publishes nothing. */
    private static final int LARGEST_RECEIVE_MAXIMUM = 32_767;

    /** Received and refused in words, rather than dropped by the broker without any. */
    private static final long MAX_PACKET = 1024 * 1024;

    private static final int RETAINED_NOT_SENT = 2;

    private final LinkConfig config;
    private final Topics topics;

    PahoConnector(LinkConfig config) {
        this.config = config;
        this.topics = new Topics(config.root(), config.robot());
    }

    @Override
    public Connection connect(Connection.Listener listener) throws LinkFailure {
        try {
            return connected(listener);
        } catch (MqttException e) {
            throw new LinkFailure(
                    "the broker " + config.broker() + " cannot be used: " + Reasons.of(e), e);
        }
    }

    private Connection connected(Connection.Listener listener) throws MqttException, LinkFailure {
        MqttAsyncClient client =
                new MqttAsyncClient(
                        serverUri(config.broker()),
                        "outrider-" + config.robot(),
                        new MemoryPersistence(),
                        new Pings(),
                        null);
        PahoConnection connection = new PahoConnection(client, config, listener);
        boolean up = false;
        try {
            client.setManualAcks(true);
            client.setCallback(connection.callback());
            IMqttToken connack = client.connect(options());
            connack.waitForCompletion(config.timeout().toMillis());
            connection.begin(connack.getSessionPresent(), room(connack));
            subscribe(client);
            up = true;
            return connection;
        } finally {
            if (!up) {
                connection.close();
            }
        }
    }

    private int room(IMqttToken connack) throws LinkFailure {
        Integer announced = connack.getResponseProperties().getReceiveMaximum();
        if (announced != null && (announced < 1 || announced > LARGEST_RECEIVE_MAXIMUM)) {
            throw new LinkFailure(
                    "the broker "
                            + config.broker()
                            + " announces a Receive Maximum of "
                            + (announced & 0xffff)
                            + "; configure it to be at most "
                            + LARGEST_RECEIVE_MAXIMUM,
                    null);
        }
        return announced == null ? config.inFlight() : Math.min(announced, config.inFlight());
    }

    private void subscribe(MqttAsyncClient client) throws MqttException, LinkFailure {
        MqttSubscription[] wanted =
                topics.subscriptions().stream()
                        .map(PahoConnector::subscription)
                        .toArray(MqttSubscription[]::new);
        IMqttToken suback = client.subscribe(wanted, null, null, new MqttProperties());
        suback.waitForCompletion(config.timeout().toMillis());
        int[] granted = suback.getReasonCodes();
        for (int i = 0; i < granted.length; i++) {
            if (granted[i] != 1) {
                throw new LinkFailure(
                        "the broker "
                                + config.broker()
                                + " does not let the robot listen to "
                                + wanted[i].getTopic()
                                + ": "
                                + Reasons.of(granted[i]),
                        null);
            }
        }
    }

    /** Retained messages are not asked for, and those retained while it listens show as such. */
    private static MqttSubscription subscription(String topic) {
        MqttSubscription subscription = new MqttSubscription(topic, 1);
        subscription.setRetainHandling(RETAINED_NOT_SENT);
        subscription.setRetainAsPublished(true);
        return subscription;
    }

    /** Encrypted ones trust what the JVM trusts, and Paho checks the host's name. */
    private MqttConnectionOptions options() throws LinkFailure {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(false);
        options.setSessionExpiryInterval(config.sessionExpiry().toSeconds());
        options.setAutomaticReconnect(false);
        options.setKeepAliveInterval((int) config.keepAlive().toSeconds());
        options.setConnectionTimeout((int) config.timeout().toSeconds());
        options.setReceiveMaximum(config.receiveMaximum());
        options.setMaximumPacketSize(Math.max(MAX_PACKET, 2L * config.maxPayload()));
        options.setSocketFactory(sockets(config.broker()));
        MqttMessage will = new MqttMessage("LOST".getBytes(UTF_8));
        will.setQos(1);
        will.setRetained(true);
        options.setWill(topics.conn(), will);
        if (config.credentials() != null) {
            options.setUserName(config.credentials().user());
            options.setPassword(config.credentials().password().getBytes(UTF_8));
        }
        return options;
    }

    /** The address as Paho reads it. */
    static String serverUri(BrokerUrl broker) {
        return (broker.encrypted() ? "ssl://" : "tcp://") + broker.host() + ":" + broker.port();
    }

    /** Sockets that send at once. */
    static SocketFactory sockets(BrokerUrl broker) throws LinkFailure {
        if (!broker.encrypted()) {
            return new NoDelaySockets();
        }
        try {
            return new NoDelayTlsSockets(SSLContext.getDefault().getSocketFactory());
        } catch (NoSuchAlgorithmException e) {
            throw new LinkFailure("this JVM speaks no TLS: " + e.getMessage(), e);
        }
    }
}
