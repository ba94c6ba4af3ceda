package dev.outrider.mqtt;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** A connection by a Paho client that lives and dies with it. */
final class PahoConnection implements Connection {

    private static final System.Logger LOG = System.getLogger(PahoConnection.class.getName());
    private static final long GOODBYE_MILLIS = 1000;

    /** Nothing is left to wait for: Paho would otherwise wait for what it thinks is in flight. */
    private static final long QUIESCE_MILLIS = 10;

    private static final long CLOSING_MILLIS = 3000;
    private static final int ERRORS = 0x80;

    private final MqttAsyncClient client;
    private final LinkConfig config;
    private final Listener listener;
    private final Map<Long, CompletableFuture<Void>> inFlight = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private volatile Semaphore room = new Semaphore(0);
    private volatile boolean sessionPresent;
    private volatile boolean closed;

    PahoConnection(MqttAsyncClient client, LinkConfig config, Listener listener) {
        this.client = client;
        this.config = config;
        this.listener = listener;
    }

    void begin(boolean session, int permits) {
        sessionPresent = session;
        room = new Semaphore(permits);
    }

    MqttCallback callback() {
        return new Callback();
    }

    @Override
    public boolean sessionPresent() {
        return sessionPresent;
    }

    @Override
    public CompletionStage<Void> publish(Publication publication) throws LinkFailure {
        Semaphore permits = room;
        awaitRoom(permits);
        CompletableFuture<Void> taken = new CompletableFuture<>();
        long number = numbers.incrementAndGet();
        inFlight.put(number, taken);
        CompletionStage<Void> settled =
                taken.whenComplete((done, failure) -> {
                    inFlight.remove(number);
                    permits.release();
                });
        try {
            client.publish(publication.topic(), message(publication), null, new Puback(taken));
        } catch (MqttException e) {
            LinkFailure failure = new LinkFailure("not published: " + Reasons.of(e), e);
            taken.completeExceptionally(failure);
            throw failure;
        }
        return settled;
    }

    private void awaitRoom(Semaphore permits) throws LinkFailure {
        try {
            if (!permits.tryAcquire(config.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LinkFailure("the broker takes no more messages", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LinkFailure("interrupted", e);
        }
        if (closed) {
            permits.release();
            throw new LinkFailure("the connection is closed", null);
        }
    }

    @Override
    public void acknowledge(Delivery delivery) {
        if (closed || delivery.qos() == 0) {
            return;
        }
        try {
            client.messageArrivedComplete(delivery.packet(), delivery.qos());
        } catch (MqttException e) {
            listener.lost("not acknowledged: " + Reasons.of(e));
        }
    }

    @Override
    public void leave() {
        apart(() -> client.disconnectForcibly(QUIESCE_MILLIS, GOODBYE_MILLIS, true));
    }

    @Override
    public void close() {
        closed = true;
        apart(() -> {
            attempt(() -> client.disconnectForcibly(0, 1, false));
            client.close(true);
        });
        LinkFailure failure = new LinkFailure("the connection is closed", null);
        inFlight.values().forEach(taken -> taken.completeExceptionally(failure));
    }

    /** Paho may hang when it ends, so that is left to a thread of its own. */
    private static void apart(Step step) {
        Thread ending = Thread.ofVirtual().name("mqtt-end").start(() -> attempt(step));
        try {
            ending.join(CLOSING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Paho objects to ending twice what ended by itself, at times with a null pointer. */
    private static void attempt(Step step) {
        try {
            step.run();
        } catch (MqttException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "closing a client", e);
        }
    }

    private interface Step {
        void run() throws MqttException;
    }

    private static MqttMessage message(Publication publication) {
        MqttMessage message = new MqttMessage(publication.payload());
        message.setQos(publication.qos());
        message.setRetained(publication.retained());
        MqttProperties properties = new MqttProperties();
        if (publication.correlation() != null) {
            properties.setCorrelationData(publication.correlation());
        }
        message.setProperties(properties);
        return message;
    }

    /** The broker's verdict; Paho calls a refusal a success, so the reason code is looked at. */
    private record Puback(CompletableFuture<Void> taken) implements MqttActionListener {

        @Override
        @SuppressWarnings("NullAway") // Void has no other value
        public void onSuccess(IMqttToken token) {
            int[] codes = token.getReasonCodes();
            if (codes != null && codes.length > 0 && codes[0] >= ERRORS) {
                taken.completeExceptionally(
                        new LinkFailure(
                                "the broker refused a message: " + Reasons.of(codes[0]), null));
            } else {
                taken.complete(null);
            }
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            taken.completeExceptionally(new LinkFailure("not taken by the broker", cause));
        }
    }

    private final class Callback implements MqttCallback {

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            MqttProperties properties = message.getProperties();
            listener.arrived(
                    new Delivery(
                            topic,
                            message.getPayload(),
                            message.getQos(),
                            message.isRetained(),
                            message.getId(),
                            properties.getCorrelationData(),
                            properties.getResponseTopic(),
                            properties.getMessageExpiryInterval()));
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            MqttException cause = response.getException();
            listener.lost(cause == null ? Reasons.of(response.getReturnCode()) : Reasons.of(cause));
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {
            listener.lost(Reasons.of(exception));
        }

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {}

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {}
    }
}
