package dev.outrider.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.model.CommandId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** What clients are told without anything waiting for it; dropped when there is no link. */
final class Announcements {

    private static final int WAITING = 1000;

    private final Topics topics;
    private final Runnable wake;
    private final BlockingQueue<Publication> waiting = new ArrayBlockingQueue<>(WAITING);

    Announcements(Topics topics, Runnable wake) {
        this.topics = topics;
        this.wake = wake;
    }

    void add(String client, @Nullable CommandId id, ObjectNode json, int qos) {
        Publication publication =
                new Publication(
                        topics.response(client),
                        json.toString().getBytes(UTF_8),
                        qos,
                        false,
                        id == null ? null : Correlation.data(id));
        if (!waiting.offer(publication)) {
            System.getLogger(Announcements.class.getName())
                    .log(System.Logger.Level.DEBUG, "an announcement was dropped");
        }
        wake.run();
    }

    List<Publication> take() {
        List<Publication> taken = new ArrayList<>();
        waiting.drainTo(taken);
        return taken;
    }
}
