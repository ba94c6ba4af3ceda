package dev.outrider.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.codec.AnswerJson;
import dev.outrider.kernel.Announcer;
import dev.outrider.kernel.DeadLetters;
import dev.outrider.kernel.Intake;
import dev.outrider.kernel.Outbox;
import dev.outrider.kernel.Telemetry;
import dev.outrider.model.Answer;
import dev.outrider.model.CommandId;
import dev.outrider.model.Plan;
import dev.outrider.model.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The robot's link to its controllers: connects, and connects again, takes requests in and gets
 * answers out. One thread connects and takes in; each connection has one that publishes.
 */
public final class Link implements Announcer, AutoCloseable {

    private final LinkConfig config;
    private final Topics topics;
    private final Connection.Connector connector;
    private final Bell bell = new Bell();
    private final Announcements announcements;
    private final LinkWatch watch;
    private final Thread thread;
    private final Pause pause;
    private @Nullable Intake intake;
    private @Nullable Mailroom mailroom;
    private final Outlets outlets;
    private final Outbox outbox;
    private final DeadLetters deadLetters;
    private volatile @Nullable Session session;
    private volatile boolean closed;

    /**
     * A link that is not begun.
     *
     * @param state {@link dev.outrider.codec.RobotJson#state}, asked for at most every 200 ms and
     *     when {@link #stateChanged} was called
     * @param meta {@link dev.outrider.codec.RobotJson#meta}, asked for on every connection
     */
    public Link(
            LinkConfig config,
            Outbox outbox,
            DeadLetters deadLetters,
            Telemetry telemetry,
            Supplier<ObjectNode> state,
            Supplier<ObjectNode> meta,
            Clock clock) {
        this(config, outbox, deadLetters, telemetry, state, meta, clock, new PahoConnector(config));
    }

    Link(
            LinkConfig config,
            Outbox outbox,
            DeadLetters deadLetters,
            Telemetry telemetry,
            Supplier<ObjectNode> state,
            Supplier<ObjectNode> meta,
            Clock clock,
            Connection.Connector connector) {
        this.config = config;
        this.topics = new Topics(config.root(), config.robot());
        this.connector = connector;
        this.outbox = outbox;
        this.deadLetters = deadLetters;
        this.watch = new LinkWatch(config.broker().toString(), clock);
        this.pause = new Pause(config.longestPause());
        this.announcements = new Announcements(topics, bell::ring);
        this.outlets =
                new Outlets(
                        outbox,
                        telemetry,
                        announcements,
                        new StateBoard(state, clock),
                        meta,
                        bell,
                        watch::up,
                        watch::trouble);
        this.thread = Thread.ofPlatform().name("mqtt-link").daemon().unstarted(this::run);
        outbox.onLetter(bell::ring);
        telemetry.onSample(bell::ring);
    }

    /** Begins to connect, and hands what arrives to that intake. Called once. */
    public void start(Intake taker) {
        intake = taker;
        mailroom =
                new Mailroom(new RequestReader(config), taker, outbox, deadLetters, announcements);
        thread.start();
    }

    /** How the link fares now. */
    public LinkStatus status() {
        return watch.status();
    }

    /** Whether the link was up within that time; if not, the status says why. */
    public boolean awaitConnected(Duration atMost) {
        return watch.awaitUp(atMost);
    }

    /** Ends the present connection, so that what was not acknowledged comes again. */
    public void drop(String why) {
        Session present = session;
        if (present != null) {
            present.lost(why);
        }
    }

    @Override
    public void accepted(String client, CommandId id) {
        announcements.add(client, id, AnswerJson.accepted(id), 1);
    }

    @Override
    public void progress(
            String client, CommandId id, int action, int of, String verb, double fraction) {
        announcements.add(client, id, AnswerJson.progress(id, action, of, verb, fraction), 0);
    }

    /** The outcome alone tells; a plan that begins shows by its progress. */
    @Override
    public void begins(String client, CommandId id, Plan plan) {}

    /** Answers leave by the outbox. */
    @Override
    public void answered(String client, Answer answer) {}

    @Override
    public void question(String client, CommandId id, String question, Plan plan) {
        announcements.add(client, id, AnswerJson.question(id, question, plan), 1);
    }

    @Override
    public void refused(String client, CommandId id, Problem problem) {
        announcements.add(client, id, AnswerJson.refused(id, problem), 1);
    }

    @Override
    public void stateChanged() {
        bell.ring();
    }

    /** Says goodbye and ends; what is not sent stays in the journal. */
    @Override
    public void close() {
        closed = true;
        drop("closed");
        pause.end();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            Session next = new Session(requireIntake(), topics, config.receiveMaximum());
            session = next;
            long began = System.nanoTime();
            try (Connection connection = connector.connect(next)) {
                serve(next, connection);
            } catch (LinkFailure e) {
                watch.down(String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                closed = true; // nobody else interrupts
            }
            pause.after(Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private void serve(Session present, Connection connection) throws InterruptedException {
        Publisher publisher = new Publisher(connection, outlets, topics, present);
        Thread publishing = Thread.ofVirtual().name("mqtt-publish").start(publisher);
        try {
            String lost = present.reason();
            while (lost == null && !closed) {
                present.serve(connection, requireMailroom());
                lost = present.reason();
            }
            if (!closed) {
                watch.down("lost " + config.broker() + ": " + lost);
            }
        } finally {
            publisher.end();
        }
        if (closed) {
            publishing.join(Duration.ofSeconds(1));
            goodbye(connection);
        } else {
            connection.close();
            publishing.join(config.timeout());
        }
    }

    private void goodbye(Connection connection) {
        try {
            connection
                    .publish(Publication.retained(topics.conn(), "OFFLINE".getBytes(UTF_8)))
                    .toCompletableFuture()
                    .orTimeout(1, TimeUnit.SECONDS)
                    .join();
            connection.leave();
            watch.closed();
        } catch (LinkFailure | CompletionException e) {
            watch.down("closed without a goodbye: " + Reasons.of(e));
        }
    }

    private Intake requireIntake() {
        return Objects.requireNonNull(intake);
    }

    private Mailroom requireMailroom() {
        return Objects.requireNonNull(mailroom);
    }
}
