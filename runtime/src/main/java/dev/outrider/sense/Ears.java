package dev.outrider.sense;

import dev.outrider.ai.openvino.Devices;
import dev.outrider.ai.sense.Dictation;
import dev.outrider.ai.sense.Endpointer;
import dev.outrider.ai.sense.Endpointer.Utterance;
import dev.outrider.ai.sense.Sound;
import dev.outrider.ai.sense.SpeechDetector;
import dev.outrider.ai.sense.SpeechToText;
import dev.outrider.ai.sense.SpeechToText.Transcript;
import dev.outrider.kernel.Cancellation;
import dev.outrider.model.Observation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;

/** A microphone, and the models that know speech and write it down. */
public final class Ears implements AutoCloseable {

    private final Microphone microphone;
    private final Lazy<SpeechDetector> detector;
    private final Lazy<SpeechToText> writer;

    private final Object oneAtATime = new Object();

    /** Held by whoever hears: an action has it before what listens all the time. */
    private final ReentrantLock hearing = new ReentrantLock(true);

    /**
     * @param size Whisper's, {@code tiny} or {@code base}
     */
    Ears(Microphone microphone, Models models, String size) {
        this.microphone = microphone;
        this.detector =
                new Lazy<>(
                        () -> SpeechDetector.open(models.file(SpeechDetector.MODEL), Devices.CPU),
                        SpeechDetector::close);
        SpeechToText.Files files = SpeechToText.Files.of(size);
        this.writer =
                new Lazy<>(
                        () ->
                                SpeechToText.open(
                                        models.file(files.encoder()),
                                        models.file(files.decoder()),
                                        models.file(files.tokenizer()),
                                        Devices.ANY),
                        SpeechToText::close);
    }

    /**
     * Writes down what is said next.
     *
     * @param atMost how long it waits for somebody to speak, and to come to an end
     * @param progress told the fraction of that time, 0 to 1
     * @return what was heard, or empty if it was cancelled
     * @throws dev.outrider.ai.sense.SenseException if nothing can be heard; the message says why
     */
    public Optional<Observation.Heard> listen(
            Duration atMost, DoubleConsumer progress, Cancellation cancellation) {
        writer.value();
        Optional<Utterance> utterance = Optional.empty();
        hearing.lock();
        try (Microphone.Stream stream = microphone.open();
                Endpointer endpointer = Endpointer.of(detector.value(), Endpointer.PAUSE)) {
            float[] chunk = new float[Endpointer.CHUNK];
            long begun = System.nanoTime();
            double fraction = 0;
            while (fraction < 1 && utterance.isEmpty()) {
                if (cancellation.requested()) {
                    return Optional.empty();
                }
                stream.next(chunk);
                utterance = endpointer.hear(chunk);
                fraction = (double) (System.nanoTime() - begun) / atMost.toNanos();
                progress.accept(Math.min(fraction, 0.99));
            }
            utterance = utterance.or(endpointer::end);
        } finally {
            hearing.unlock();
        }
        if (utterance.isEmpty()) {
            return Optional.of(new Observation.Heard("", ""));
        }
        Sound sound = utterance.get().sound();
        return Interruption.of(cancellation)
                .run(() -> written(sound))
                .map(t -> new Observation.Heard(t.text(), t.language()));
    }

    /**
     * Writes down a sound.
     *
     * @throws dev.outrider.ai.sense.SenseException if it cannot be written down
     */
    Transcript written(Sound sound) {
        synchronized (oneAtATime) {
            return writer.value().transcribe(sound);
        }
    }

    /** Opens the models, so that the first words need not wait for them. */
    void prepare() {
        detector.value();
        writer.value();
    }

    /**
     * Begins to write down what is heard; opens the models first, so that the first words need not
     * wait for them.
     *
     * @param partial whether what was said so far is written, too
     * @param sink is told what was said, on a thread of the dictation's own
     */
    Dictation dictation(boolean partial, Consumer<Dictation.Event> sink) {
        prepare();
        return Dictation.of(
                detector.value(),
                this::written,
                new Dictation.Options(Endpointer.PAUSE, partial),
                sink);
    }

    Microphone microphone() {
        return microphone;
    }

    ReentrantLock hearing() {
        return hearing;
    }

    String describe() {
        return microphone.describe();
    }

    @Override
    public void close() {
        detector.close();
        writer.close();
    }
}
