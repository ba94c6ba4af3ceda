package dev.outrider.mqtt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.codec.PlanJson;
import dev.outrider.journal.JournalConfig;
import dev.outrider.journal.SqliteJournal;
import dev.outrider.kernel.RecordingIntake;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A journal and a link with an intake that answers at once. */
final class LinkedRobot implements AutoCloseable {

    static final Duration LONG = Duration.ofSeconds(20);

    final SqliteJournal journal;
    final RecordingIntake intake = new RecordingIntake();
    final Link link;
    final AtomicInteger x = new AtomicInteger();

    LinkedRobot(Path folder, LinkConfig config) {
        journal = SqliteJournal.open(folder, JournalConfig.DEFAULT, Clock.systemUTC());
        link =
                new Link(
                        config,
                        journal,
                        journal,
                        journal,
                        this::state,
                        () -> PlanJson.MAPPER.createObjectNode().put("robot", "rover-1"),
                        Clock.systemUTC());
        journal.onFailure(failure -> link.drop("the journal failed"));
        intake.answersBy(journal);
        link.start(intake);
    }

    static LinkConfig quick(BrokerUrl broker) {
        LinkConfig usual = LinkConfig.of("rover-1", broker);
        return new LinkConfig(
                usual.root(),
                usual.robot(),
                broker,
                null,
                usual.deadline(),
                usual.maxPayload(),
                usual.receiveMaximum(),
                usual.inFlight(),
                Duration.ofHours(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofMillis(400));
    }

    private ObjectNode state() {
        return PlanJson.MAPPER.createObjectNode().put("x", x.get());
    }

    @Override
    public void close() {
        link.close();
        journal.close();
    }
}
