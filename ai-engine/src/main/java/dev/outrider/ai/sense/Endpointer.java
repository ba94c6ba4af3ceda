package dev.outrider.ai.sense;

import dev.outrider.ai.sense.SpeechSegments.Bounds;
import dev.outrider.ai.sense.SpeechSegments.Segment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Cuts sound that comes 32 ms at a time into utterances, what is said between two pauses. A third
 * of a second before the first sound belongs to it, since words begin softly, and at most half a
 * second behind the last. Belongs to one thread.
 */
public final class Endpointer implements AutoCloseable {
    /** Samples that are heard at a time: 32 ms at 16 kHz. */
    public static final int CHUNK = SpeechDetector.CHUNK;

    /** How long somebody is silent who has finished: 16 chunks. */
    public static final Duration PAUSE = Duration.ofMillis(512);

    private static final int CHUNK_MILLIS = 1000 * CHUNK / Sound.SPEECH_RATE;
    private static final double CHUNK_SECONDS = (double) CHUNK / Sound.SPEECH_RATE;
    private static final int BEFORE = 10;
    private static final int AFTER = 16;
    private static final int MOST = 30 * Sound.SPEECH_RATE / CHUNK;

    private final ToDoubleFunction<float[]> detector;
    private final Runnable closing;
    private final LongSupplier clock;
    private final SpeechSegments segments;
    private final Deque<Chunk> kept = new ArrayDeque<>();
    private int first;

    @SuppressWarnings("ArrayRecordComponent") // chunks are not compared
    private record Chunk(float[] samples, long at) {}

    /**
     * When an utterance was heard, by the monotonic clock ({@link System#nanoTime}).
     *
     * @param began its first sound was heard
     * @param ended its last sound was heard
     * @param complete it was known to be over: a pause later, or where it was cut
     */
    public record Timing(long began, long ended, long complete) {}

    /**
     * What was said between two pauses, or in thirty seconds without one.
     *
     * @param from second of the stream it begins
     * @param to second of the stream it ends
     * @param sound of 16 kHz, with a little before and behind it
     */
    public record Utterance(double from, double to, Sound sound, Timing timing) {}

    /**
     * Begins to listen; the detector is not closed by it.
     *
     * @param pause of silence that ends an utterance
     */
    public static Endpointer of(SpeechDetector detector, Duration pause) {
        var stream = detector.listen();
        return new Endpointer(stream::hear, stream::close, pause, System::nanoTime);
    }

    Endpointer(
            ToDoubleFunction<float[]> detector,
            Runnable closing,
            Duration pause,
            LongSupplier clock) {
        this.detector = detector;
        this.closing = closing;
        this.clock = clock;
        int chunks = (int) Math.ceilDiv(pause.toMillis(), CHUNK_MILLIS);
        segments = new SpeechSegments(new Bounds(BEFORE, AFTER, chunks, MOST));
    }

    /**
     * Hears the next {@value #CHUNK} samples of 16 kHz.
     *
     * @return the utterance that ended with them
     */
    public Optional<Utterance> hear(float[] chunk) {
        double likelihood = detector.applyAsDouble(chunk);
        kept.add(new Chunk(chunk.clone(), clock.getAsLong()));
        var utterance = segments.next(likelihood).map(this::utterance);
        forget();
        return utterance;
    }

    /** Whether the last chunk was speech. */
    public boolean speaking() {
        return segments.speaking();
    }

    /**
     * Seconds since the first sound of the utterance that is being heard; 0 where none is, or too
     * little of it to be one.
     */
    public double running() {
        return segments.running() * CHUNK_SECONDS;
    }

    /** The utterance that is being heard, as far as it was; empty where none is. */
    public Optional<Utterance> soFar() {
        int to = first + kept.size();
        return segments.running() == 0
                ? Optional.empty()
                : Optional.of(utterance(new Segment(first, segments.begun(), to, to)));
    }

    /** Ends the utterance that is being heard; empty if there is none. */
    public Optional<Utterance> end() {
        var utterance = segments.end().map(this::utterance);
        forget();
        return utterance;
    }

    /** Drops the utterance that is being heard; the next chunk comes after a gap. */
    public void skip() {
        segments.skip();
        forget();
    }

    private Utterance utterance(Segment segment) {
        return new Utterance(
                segment.begun() * CHUNK_SECONDS,
                segment.ended() * CHUNK_SECONDS,
                sound(segment.from(), segment.to()),
                new Timing(at(segment.begun()), at(segment.ended() - 1), clock.getAsLong()));
    }

    private Sound sound(int from, int to) {
        var samples = new float[(to - from) * CHUNK];
        int at = 0;
        for (Chunk chunk : kept.stream().skip(from - first).limit(to - from).toList()) {
            System.arraycopy(chunk.samples, 0, samples, at, CHUNK);
            at += CHUNK;
        }
        return new Sound(Sound.SPEECH_RATE, samples);
    }

    private long at(int chunk) {
        return kept.stream().skip(chunk - first).findFirst().orElseThrow().at;
    }

    private void forget() {
        for (; first < segments.needed(); first++) {
            kept.remove();
        }
    }

    @Override
    public void close() {
        closing.run();
    }
}
