package dev.outrider.sense;

import dev.outrider.ai.sense.Dictation;
import dev.outrider.ai.sense.Dictation.Event;
import dev.outrider.ai.sense.Endpointer.Timing;
import dev.outrider.ai.sense.SenseException;
import dev.outrider.kernel.Intake;
import dev.outrider.reason.language.Language;
import dev.outrider.sense.Conversation.Said;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Listens all the time, and hands on what is said; gives the microphone up while an action listens.
 * Runs on the thread {@code voice}; what was said is written down on the dictation's own thread, so
 * that nothing said meanwhile is missed.
 */
final class VoiceLoop implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(VoiceLoop.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Ears ears;
    private final Conversation conversation;
    private final Intake intake;
    private final boolean partial;
    private final Thread thread;
    private volatile boolean closed;
    private volatile String complaint = "";

    /**
     * @param partial whether what was said so far is shown while somebody speaks
     */
    VoiceLoop(Ears ears, Conversation conversation, Intake intake, boolean partial) {
        this.ears = ears;
        this.conversation = conversation;
        this.intake = intake;
        this.partial = partial;
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

    /** Until an action wants to listen, or something is wrong; what was said is still written. */
    private void listen() {
        try (Dictation dictation = ears.dictation(partial, this::take)) {
            try {
                hear(dictation);
            } catch (SenseException e) {
                complain(String.valueOf(e.getMessage()));
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            dictation.skip();
            dictation.finish();
        }
    }

    private void hear(Dictation dictation) {
        ears.hearing().lock();
        try (Microphone.Stream stream = ears.microphone().open()) {
            float[] chunk = new float[Dictation.CHUNK];
            while (!closed && !ears.hearing().hasQueuedThreads()) {
                stream.next(chunk);
                dictation.hear(chunk);
            }
        } finally {
            ears.hearing().unlock();
        }
    }

    private void take(Event event) {
        boolean echoes = ears.microphone().hearsTheSpeaker();
        switch (event) {
            case Event.Partial said ->
                    conversation.hearing(said.text(), said.timing().began(), echoes);
            case Event.Utterance said -> {
                complaint = "";
                conversation.hear(intake, said.text(), language(said), said(said.timing()), echoes);
            }
            case Event.Failed failed -> {
                complain(String.valueOf(failed.failure().getMessage()));
                conversation.heardNothing();
            }
            case Event.Withdrawn() -> conversation.heardNothing();
        }
    }

    private static Language language(Event.Utterance said) {
        return said.language().equals("es") ? Language.ES : Language.EN;
    }

    private static Said said(Timing timing) {
        return new Said(timing.began(), timing.ended(), timing.complete(), System.nanoTime());
    }

    /** Says the same only once. */
    private void complain(String what) {
        if (!closed && !what.equals(complaint)) {
            complaint = what;
            LOG.log(System.Logger.Level.WARNING, "cannot listen: {0}", what);
        }
    }

    /** Stops at once; what is not written down yet is not any more. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
