package dev.outrider.ai.sense;

import dev.outrider.ai.sense.SpeechToText.Transcript;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Writes down sound while it comes in, chunk by chunk: each utterance as soon as a pause ends it,
 * and before that, if wanted, what was said of it so far. Hearing belongs to one thread, which
 * never waits for the writing; that has a thread of its own, on which everything is handed over in
 * its order.
 *
 * <p>Provisional text is written while the writer has nothing else to do, once a second more was
 * said, and is given up for the utterance itself. It is not tried again once it took as long as the
 * sound it is of: the processor is too slow for it.
 */
public final class Dictation implements AutoCloseable {
    /** Samples that are heard at a time: 32 ms at 16 kHz. */
    public static final int CHUNK = Endpointer.CHUNK;

    private static final System.Logger LOG = System.getLogger(Dictation.class.getName());
    private static final double MORE_SECONDS = 1;
    private static final Transcript NOTHING = new Transcript("", "");

    private final Endpointer endpointer;
    private final Function<Sound, Transcript> writer;
    private final LongSupplier clock;
    private final Consumer<Event> sink;
    private final ExecutorService writing =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("dictation").factory());

    /** The last that is to be written; what the sink threw once fails all that follows. */
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    private Cancellable draft = new Cancellable();
    private double drafted;
    private volatile boolean drafting;

    /** What was handed over of the utterance that is heard; known on the writing thread only. */
    private String shown = "";

    /**
     * How it writes.
     *
     * @param pause of silence that ends an utterance
     * @param partial whether provisional text is handed over, too
     */
    public record Options(Duration pause, boolean partial) {
        /** Utterances only, ended by {@link Endpointer#PAUSE}. */
        public static final Options STANDARD = new Options(Endpointer.PAUSE, false);
    }

    /** What is handed over; partial text is always followed by one of the others. */
    public sealed interface Event {
        /**
         * What was said so far of an utterance that is still heard; never empty, and likely to be
         * corrected.
         *
         * @param from second of the stream the utterance begins
         * @param language two letters
         * @param timing until it was begun to be written
         */
        record Partial(double from, String text, String language, Endpointer.Timing timing)
                implements Event {}

        /**
         * What was said between two pauses; never empty.
         *
         * @param from second of the stream it begins
         * @param to second of the stream it ends
         * @param text as it is written
         * @param language two letters
         */
        record Utterance(
                double from, double to, String text, String language, Endpointer.Timing timing)
                implements Event {}

        /** An utterance could not be written; the next ones may be. */
        record Failed(double from, double to, SenseException failure) implements Event {}

        /** What was handed over as partial text was no words after all, or is not heard further. */
        record Withdrawn() implements Event {}
    }

    /**
     * Begins; the detector is not closed by it.
     *
     * @param writer writes a sound down, such as a {@link SpeechToText}; is interrupted to give up
     * @param sink is told on the writing thread; what it throws ends the dictation
     */
    public static Dictation of(
            SpeechDetector detector,
            Function<Sound, Transcript> writer,
            Options options,
            Consumer<Event> sink) {
        var endpointer = Endpointer.of(detector, options.pause());
        return new Dictation(endpointer, writer, options.partial(), System::nanoTime, sink);
    }

    Dictation(
            Endpointer endpointer,
            Function<Sound, Transcript> writer,
            boolean drafting,
            LongSupplier clock,
            Consumer<Event> sink) {
        this.endpointer = endpointer;
        this.writer = writer;
        this.drafting = drafting;
        this.clock = clock;
        this.sink = sink;
    }

    /**
     * Hears the next {@value #CHUNK} samples of 16 kHz.
     *
     * @return whether they are likely speech
     * @throws SenseException if the sink threw something
     */
    public boolean hear(float[] chunk) {
        if (last.isCompletedExceptionally()) {
            finish();
        }
        endpointer.hear(chunk).ifPresent(this::write);
        if (drafting && endpointer.speaking() && idle()) {
            draft();
        }
        return endpointer.speaking();
    }

    /** Whether nothing is left to be written. */
    boolean idle() {
        return last.isDone();
    }

    private void draft() {
        double running = endpointer.running();
        if (running - drafted >= MORE_SECONDS) {
            var next = new Cancellable();
            var heard = endpointer.soFar().orElseThrow();
            draft = next;
            drafted = running;
            then(() -> show(next, heard));
        }
    }

    private void write(Endpointer.Utterance utterance) {
        giveUpDraft();
        then(() -> hand(utterance));
    }

    private void giveUpDraft() {
        draft.cancel();
        drafted = 0;
    }

    private void then(Runnable work) {
        last = last.thenRunAsync(work, writing);
    }

    private void show(Cancellable next, Endpointer.Utterance heard) {
        long begun = clock.getAsLong();
        var written = written(next, heard.sound());
        double seconds = Duration.ofNanos(clock.getAsLong() - begun).toMillis() / 1000.0;
        if (seconds >= heard.sound().seconds()) {
            drafting = false;
            LOG.log(
                    System.Logger.Level.INFO,
                    "no provisional text any more: it took {0} s to write {1} s",
                    seconds,
                    heard.sound().seconds());
        }
        if (!written.text().isEmpty() && !written.text().equals(shown)) {
            shown = written.text();
            sink.accept(
                    new Event.Partial(
                            heard.from(), written.text(), written.language(), heard.timing()));
        }
    }

    /** Empty if it was given up, or failed, as the utterance itself then will. */
    private Transcript written(Cancellable next, Sound sound) {
        try {
            return next.run(() -> writer.apply(sound)).orElse(NOTHING);
        } catch (SenseException.Cancelled e) {
            throw e; // it is being closed
        } catch (RuntimeException e) {
            drafting = false;
            LOG.log(System.Logger.Level.WARNING, "no provisional text any more", e);
            return NOTHING;
        }
    }

    private void hand(Endpointer.Utterance heard) {
        var written = written(heard);
        if (written instanceof Event.Withdrawn) {
            withdraw();
        } else {
            shown = "";
            sink.accept(written);
        }
    }

    private Event written(Endpointer.Utterance heard) {
        try {
            var written = writer.apply(heard.sound());
            return written.text().isEmpty()
                    ? new Event.Withdrawn()
                    : new Event.Utterance(
                            heard.from(),
                            heard.to(),
                            written.text(),
                            written.language(),
                            heard.timing());
        } catch (SenseException.Cancelled e) {
            throw e; // it is being closed
        } catch (SenseException e) {
            return new Event.Failed(heard.from(), heard.to(), e);
        } catch (RuntimeException e) {
            var failure = new SenseException("an utterance could not be written: " + e, e);
            return new Event.Failed(heard.from(), heard.to(), failure);
        }
    }

    private void withdraw() {
        if (!shown.isEmpty()) {
            shown = "";
            sink.accept(new Event.Withdrawn());
        }
    }

    /** Drops the utterance that is being heard; the next chunk comes after a gap. */
    public void skip() {
        giveUpDraft();
        endpointer.skip();
        if (!last.isCompletedExceptionally()) {
            then(this::withdraw);
        }
    }

    /**
     * Ends the utterance that is being heard, if one is, and waits until all are handed over.
     *
     * @throws SenseException if the sink threw something
     * @throws SenseException.Cancelled if the thread is interrupted meanwhile
     */
    public void finish() {
        endpointer.end().ifPresent(this::write);
        try {
            last.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SenseException known
                    ? known
                    : new SenseException(
                            "an utterance could not be handed over: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SenseException.Cancelled();
        }
    }

    /** Stops: what is not written yet is not written any more. */
    @Override
    public void close() {
        writing.shutdownNow();
        writing.close(); // waits, not for long: the writing was interrupted
        endpointer.close();
    }
}
