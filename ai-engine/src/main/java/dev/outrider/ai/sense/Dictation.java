package dev.outrider.ai.sense;

import dev.outrider.ai.sense.SpeechToText.Transcript;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Writes down sound while it comes in, chunk by chunk: each utterance as soon as a pause ends it.
 * Hearing belongs to one thread, which never waits for the writing; that has a thread of its own,
 * on which the utterances are handed over in their order.
 */
public final class Dictation implements AutoCloseable {
    /** Samples that are heard at a time: 32 ms at 16 kHz. */
    public static final int CHUNK = SpeechDetector.CHUNK;

    private final Endpointer endpointer;
    private final Function<Sound, Transcript> writer;
    private final Consumer<Utterance> sink;
    private final ExecutorService writing =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("dictation").factory());
    private Future<?> last = writing.submit(() -> {});

    private Dictation(
            SpeechDetector detector,
            Function<Sound, Transcript> writer,
            Duration pause,
            Consumer<Utterance> sink) {
        endpointer = Endpointer.of(detector, pause);
        this.writer = writer;
        this.sink = sink;
    }

    /**
     * What was said between two pauses.
     *
     * @param from second of the stream it begins
     * @param to second of the stream it ends
     * @param text as it is written
     * @param language two letters
     */
    public record Utterance(double from, double to, String text, String language) {}

    /**
     * Begins, in whichever language is heard. Neither model is closed by it.
     *
     * @param pause of silence that ends an utterance
     * @param sink takes each utterance that is not empty
     */
    public static Dictation of(
            SpeechDetector detector,
            SpeechToText writer,
            Duration pause,
            Consumer<Utterance> sink) {
        return new Dictation(detector, writer::transcribe, pause, sink);
    }

    /** Begins, in a language by its two letters. Neither model is closed by it. */
    public static Dictation of(
            SpeechDetector detector,
            SpeechToText writer,
            String language,
            Duration pause,
            Consumer<Utterance> sink) {
        return new Dictation(detector, sound -> writer.transcribe(sound, language), pause, sink);
    }

    /** Hears the next {@value #CHUNK} samples of 16 kHz; true if they are likely speech. */
    public boolean hear(float[] chunk) {
        endpointer.hear(chunk).ifPresent(this::write);
        return endpointer.speaking();
    }

    private void write(Endpointer.Utterance utterance) {
        var before = last;
        last =
                writing.submit(() -> {
                    before.get(); // what failed once fails all that follows
                    hand(utterance, writer.apply(utterance.sound()));
                    return null;
                });
    }

    private void hand(Endpointer.Utterance heard, Transcript written) {
        if (!written.text().isEmpty()) {
            sink.accept(
                    new Utterance(heard.from(), heard.to(), written.text(), written.language()));
        }
    }

    /**
     * Ends the utterance that is being heard, if one is, and waits until all are written.
     *
     * @throws SenseException if one could not be written
     * @throws SenseException.Cancelled if the thread is interrupted meanwhile
     */
    public void finish() {
        endpointer.end().ifPresent(this::write);
        try {
            last.get();
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SenseException.Cancelled();
        }
    }

    private static SenseException failure(ExecutionException e) {
        Throwable cause = e;
        while (cause instanceof ExecutionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof SenseException known
                ? known
                : new SenseException("an utterance could not be written: " + cause, cause);
    }

    /** Stops: what is not written yet is not written any more. */
    @Override
    public void close() {
        writing.shutdownNow();
        writing.close(); // waits, not for long: the writing was interrupted
        endpointer.close();
    }
}
