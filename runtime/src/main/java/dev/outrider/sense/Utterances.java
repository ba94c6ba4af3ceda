package dev.outrider.sense;

import dev.outrider.ai.sense.Sound;
import dev.outrider.ai.sense.SpeechDetector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Cuts sound that comes 32 ms at a time into what was said between two silences. */
final class Utterances implements AutoCloseable {

    /** How long somebody is silent who has finished: half a second. */
    static final int SILENT_CHUNKS = 16;

    private static final int BEFORE_CHUNKS = 10;
    private static final int LEAST_CHUNKS = 4;
    private static final int MOST_CHUNKS = 30 * Sound.SPEECH_RATE / SpeechDetector.CHUNK;
    private static final double SPEECH = 0.5;
    private static final double SILENCE = 0.35;

    private final SpeechDetector.Stream detector;
    private final Deque<float[]> before = new ArrayDeque<>();
    private final List<float[]> said = new ArrayList<>();
    private int speech;
    private int silent;
    private long began;
    private long ended;

    /**
     * Something that was said.
     *
     * @param began the monotonic clock's time when its first sound was heard
     * @param ended when its last was, half a second before it was known to be the last
     */
    record Utterance(Sound sound, long began, long ended) {}

    Utterances(SpeechDetector.Stream detector) {
        this.detector = detector;
    }

    /**
     * Hears the next chunk.
     *
     * @return what was said, if that was its end
     */
    Optional<Utterance> hear(float[] chunk) {
        double likely = detector.hear(chunk);
        boolean speaking = likely >= (said.isEmpty() ? SPEECH : SILENCE);
        if (said.isEmpty() && !speaking) {
            before.addLast(chunk.clone());
            if (before.size() > BEFORE_CHUNKS) {
                before.removeFirst();
            }
            return Optional.empty();
        }
        if (said.isEmpty()) {
            said.addAll(before);
            before.clear();
            began = System.nanoTime();
        }
        said.add(chunk.clone());
        speech += speaking ? 1 : 0;
        silent = speaking ? 0 : silent + 1;
        ended = speaking ? System.nanoTime() : ended;
        return silent >= SILENT_CHUNKS || said.size() >= MOST_CHUNKS ? end() : Optional.empty();
    }

    /** Whether somebody is speaking. */
    boolean speaking() {
        return !said.isEmpty();
    }

    /** What was said so far; afterwards it begins anew. */
    Optional<Utterance> end() {
        boolean words = speech >= LEAST_CHUNKS;
        Optional<Utterance> utterance =
                words ? Optional.of(new Utterance(sound(), began, ended)) : Optional.empty();
        said.clear();
        speech = 0;
        silent = 0;
        return utterance;
    }

    private Sound sound() {
        float[] samples = new float[said.size() * SpeechDetector.CHUNK];
        for (int i = 0; i < said.size(); i++) {
            System.arraycopy(
                    said.get(i), 0, samples, i * SpeechDetector.CHUNK, SpeechDetector.CHUNK);
        }
        return new Sound(Sound.SPEECH_RATE, samples);
    }

    @Override
    public void close() {
        detector.close();
    }
}
