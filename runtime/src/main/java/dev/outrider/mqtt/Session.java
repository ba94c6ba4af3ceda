package dev.outrider.mqtt;

import dev.outrider.kernel.Intake;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What arrives on one connection, and in which order it is acknowledged there. The connection's
 * thread only stops and enqueues; the link's thread takes from the queue.
 */
final class Session implements Connection.Listener {

    private static final System.Logger LOG = System.getLogger(Session.class.getName());
    private static final int WITHOUT_ACKNOWLEDGEMENT = 1000;
    private static final long LOOK_MILLIS = 100;

    private final Intake intake;
    private final String emergencyStop;
    private final BlockingQueue<Delivery> arrived;
    private final CompletableFuture<String> lost = new CompletableFuture<>();
    private CompletableFuture<Void> acknowledged = CompletableFuture.allOf();

    Session(Intake intake, Topics topics, int receiveMaximum) {
        this.intake = intake;
        this.emergencyStop = topics.emergencyStop();
        this.arrived = new ArrayBlockingQueue<>(receiveMaximum + WITHOUT_ACKNOWLEDGEMENT);
    }

    @Override
    public void arrived(Delivery delivery) {
        if (delivery.topic().equals(emergencyStop)) {
            intake.emergencyStop("mqtt");
        }
        if (!arrived.offer(delivery)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "too many messages at once on {0}",
                    delivery.topic());
            if (delivery.qos() > 0) {
                lost("the broker sent more messages than the robot allowed");
            }
        }
    }

    @Override
    public void lost(String why) {
        lost.complete(why);
    }

    /** Why the connection is no more, or null while it is. */
    @Nullable String reason() {
        return lost.getNow(null);
    }

    /** Hands one message on if there is one; an emergency stop was handled when it came. */
    void serve(Connection connection, Mailroom mailroom) throws InterruptedException {
        Delivery delivery = arrived.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (delivery == null) {
            return;
        }
        boolean stop = delivery.topic().equals(emergencyStop);
        acknowledge(
                connection, delivery, stop ? CompletableFuture.allOf() : mailroom.handle(delivery));
    }

    /** In the order they came (MQTT 5.0, section 4.6), each once it is handled. */
    private void acknowledge(
            Connection connection, Delivery delivery, CompletionStage<Void> handled) {
        handled.whenComplete((done, failure) -> {
            if (failure != null) {
                lost("a message was not stored: " + Reasons.of(failure));
            }
        });
        acknowledged =
                acknowledged
                        .thenCombine(handled, (before, now) -> delivery)
                        .thenAccept(connection::acknowledge);
    }
}
