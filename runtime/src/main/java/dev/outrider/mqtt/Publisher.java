package dev.outrider.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.codec.PlanJson;
import dev.outrider.kernel.JournalFailure;
import dev.outrider.kernel.Outbox;
import dev.outrider.kernel.Telemetry;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Publishes on one connection, on a thread of its own: answers in order, what was announced before
 * they were queued ahead of them, telemetry, and the state while it changes.
 */
final class Publisher implements Runnable {

    private static final int BATCH = 100;

    private final Connection connection;
    private final Outlets outlets;
    private final Topics topics;
    private final Connection.Listener listener;
    private final AtomicInteger unsettled = new AtomicInteger();
    private volatile boolean ended;
    private volatile boolean refused;
    private long lettersAfter;
    private long samplesAfter;
    private long startOverNanos;

    Publisher(Connection connection, Outlets outlets, Topics topics, Connection.Listener listener) {
        this.connection = connection;
        this.outlets = outlets;
        this.topics = topics;
        this.listener = listener;
    }

    @Override
    public void run() {
        try {
            begin();
            while (!ended) {
                boolean moreLetters = letters();
                boolean moreSamples = samples();
                state();
                if (!moreLetters && !moreSamples) {
                    outlets.bell().await();
                }
                startOver();
            }
        } catch (LinkFailure | JournalFailure e) {
            listener.lost(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            System.getLogger(Publisher.class.getName())
                    .log(System.Logger.Level.ERROR, "publishing broke", e);
            listener.lost("publishing broke: " + e);
        }
    }

    /** Ends after what it is doing; called on any thread. */
    void end() {
        ended = true;
        outlets.bell().ring();
    }

    private void begin() throws LinkFailure, InterruptedException {
        outlets.announcements().take(); // told to a link that is no more
        outlets.state().forget();
        if (!connection.sessionPresent()) {
            await(outlets.outbox().reopen());
        }
        publish(Publication.retained(topics.conn(), "ONLINE".getBytes(UTF_8)));
        publish(Publication.retained(topics.of("meta"), bytes(outlets.meta().get())));
        state();
        outlets.up().run();
    }

    /** Letters are read before announcements, so that no outcome overtakes what led to it. */
    private boolean letters() throws LinkFailure {
        List<Outbox.Letter> letters = outlets.outbox().open(lettersAfter, BATCH);
        for (Publication announcement : outlets.announcements().take()) {
            publish(announcement);
        }
        for (Outbox.Letter letter : letters) {
            lettersAfter = letter.sequence();
            Publication publication =
                    new Publication(
                            topics.response(letter.client()),
                            letter.payload(),
                            1,
                            false,
                            Correlation.data(letter.id()));
            settle(connection.publish(publication), () -> posted(letter));
        }
        return letters.size() == BATCH;
    }

    /** Nobody acknowledges for a client without a name. */
    private CompletionStage<Void> posted(Outbox.Letter letter) {
        return letter.client().equals(Topics.ANONYMOUS)
                ? outlets.outbox().acknowledged(letter.client(), letter.id())
                : outlets.outbox().sent(letter.sequence());
    }

    private boolean samples() throws LinkFailure {
        List<Telemetry.Sample> samples = outlets.telemetry().stored(samplesAfter, BATCH);
        for (Telemetry.Sample sample : samples) {
            samplesAfter = sample.position();
            Publication publication =
                    new Publication(
                            topics.of("tel/" + sample.stream()), bytes(sample), 1, false, null);
            settle(connection.publish(publication), () -> outlets.telemetry().delivered(sample));
        }
        return samples.size() == BATCH;
    }

    private void state() throws LinkFailure {
        var change = outlets.state().change();
        if (change.isPresent()) {
            publish(Publication.retained(topics.of("state"), bytes(change.get())));
        }
    }

    /** What a broker refused is tried again after a while, when nothing else is under way. */
    private void startOver() {
        if (refused && unsettled.get() == 0 && System.nanoTime() - startOverNanos > 0) {
            startOverNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            refused = false;
            lettersAfter = 0;
            samplesAfter = 0;
        }
    }

    private void publish(Publication publication) throws LinkFailure {
        connection
                .publish(publication)
                .whenComplete((taken, failure) -> {
                    if (failure != null) {
                        trouble(failure);
                    }
                });
    }

    private void settle(CompletionStage<Void> taken, Then then) {
        unsettled.incrementAndGet();
        taken.whenComplete((done, failure) -> {
            if (failure != null) {
                refused = true;
                unsettled.decrementAndGet();
                trouble(failure);
            } else {
                note(then.run());
            }
        });
    }

    /** What fails because the connection ended has its reason told elsewhere. */
    private void trouble(Throwable failure) {
        if (!ended) {
            outlets.trouble().accept(Reasons.of(failure));
        }
    }

    private void note(CompletionStage<Void> noted) {
        noted.whenComplete((done, failure) -> {
            unsettled.decrementAndGet();
            if (failure != null) {
                listener.lost(Reasons.of(failure));
            }
        });
    }

    private static void await(CompletionStage<Void> stage) {
        stage.toCompletableFuture().join();
    }

    private static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(UTF_8);
    }

    private static byte[] bytes(Telemetry.Sample sample) throws LinkFailure {
        try {
            return bytes(
                    PlanJson.MAPPER
                            .createObjectNode()
                            .put("seq", sample.sequence())
                            .put("at", sample.at().toString())
                            .setAll((ObjectNode) PlanJson.MAPPER.readTree(sample.json())));
        } catch (IOException e) {
            throw new LinkFailure("a stored sample is not JSON", e);
        }
    }

    private interface Then {
        CompletionStage<Void> run();
    }
}
