package dev.outrider.sense;

import dev.outrider.ai.sense.Endpointer;
import dev.outrider.ai.sense.Endpointer.Timing;
import dev.outrider.ai.sense.Endpointer.Utterance;
import dev.outrider.ai.sense.SenseException;
import dev.outrider.ai.sense.SpeechToText.Transcript;
import dev.outrider.kernel.Intake;
import dev.outrider.reason.language.Language;
import dev.outrider.sense.Conversation.Said;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Listens all the time, and hands on what is said; gives the microphone up while an action listens.
 * Runs on the thread {@code voice}; what was said is written down on {@code voice-writer}, so that
 * nothing said meanwhile is missed.
 */
final class VoiceLoop implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(VoiceLoop.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Ears ears;
    private final Conversation conversation;
    private final Intake intake;
    private final Thread thread;
    private final ExecutorService writing =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("voice-writer").factory());
    private volatile boolean closed;
    private volatile String complaint = "";

    VoiceLoop(Ears ears, Conversation conversation, Intake intake) {
        this.ears = ears;
        this.conversation = conversation;
        this.intake = intake;
        this.thread = Thread.ofPlatform().daemon().name("voice").start(this::run);
    }

    private void run() {
        while (!closed) {
            try {
                listen();
            } catch (SenseException e) {
                complain(String.valueOf(e.getMessage()));
                LockSupport.parkNanos(PAUSE.toNanos());
            } catch (IllegalStateException e) {
                complain("the models are closed");
                return;
            }
        }
    }

    /** Until an action wants to listen, or something is wrong. */
    private void listen() {
        ears.prepare();
        ears.hearing().lock();
        try (Microphone.Stream stream = ears.microphone().open();
                Endpointer endpointer = ears.endpointer()) {
            float[] chunk = new float[Endpointer.CHUNK];
            while (!closed && !ears.hearing().hasQueuedThreads()) {
                stream.next(chunk);
                endpointer.hear(chunk).ifPresent(this::cut);
            }
        } finally {
            ears.hearing().unlock();
        }
    }

    private void cut(Utterance utterance) {
        writing.execute(() -> {
            try {
                write(utterance);
            } catch (SenseException | IllegalStateException e) {
                complain(String.valueOf(e.getMessage()));
            }
        });
    }

    private void write(Utterance utterance) {
        Transcript transcript = ears.written(utterance.sound());
        Timing timing = utterance.timing();
        complaint = "";
        conversation.hear(
                intake,
                transcript.text(),
                transcript.language().equals("es") ? Language.ES : Language.EN,
                new Said(timing.began(), timing.ended(), timing.complete(), System.nanoTime()),
                ears.microphone().hearsTheSpeaker());
    }

    /** Says the same only once. */
    private void complain(String what) {
        if (!closed && !what.equals(complaint)) {
            complaint = what;
            LOG.log(System.Logger.Level.WARNING, "cannot listen: {0}", what);
        }
    }

    @Override
    public void close() {
        closed = true;
        writing.shutdownNow();
        LockSupport.unpark(thread);
        try {
            thread.join(Duration.ofSeconds(5));
            writing.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
