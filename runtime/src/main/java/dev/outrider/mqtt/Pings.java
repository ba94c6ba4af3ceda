package dev.outrider.mqtt;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.MqttPingSender;
import org.eclipse.paho.mqttv5.client.internal.ClientComms;
import org.jspecify.annotations.Nullable;

/** Signs of life on the monotonic clock; Paho's own run on the wall clock, which may jump. */
final class Pings implements MqttPingSender {

    private volatile @Nullable ClientComms client;
    private volatile boolean stopped;

    @Override
    public void init(ClientComms comms) {
        client = comms;
    }

    @Override
    public void start() {
        ClientComms comms = client;
        if (comms != null) {
            schedule(comms.getKeepAlive());
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // Paho reports what a ping finds by its callback
    public void schedule(long delayMillis) {
        CompletableFuture.delayedExecutor(delayMillis, TimeUnit.MILLISECONDS).execute(this::ping);
    }

    private void ping() {
        ClientComms comms = client;
        if (!stopped && comms != null) {
            comms.checkForActivity();
        }
    }
}
