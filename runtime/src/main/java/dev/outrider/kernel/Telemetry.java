package dev.outrider.kernel;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Measurements on their way to whoever listens, stored while there is no link. */
public interface Telemetry {

    /**
     * Stores a measurement; the stream's oldest go when there are too many.
     *
     * @param stream one topic level
     * @param json an object
     * @return its sequence number, which the stream never repeats, or a {@link JournalFailure}
     */
    CompletionStage<Long> append(String stream, String json);

    /** What is stored after that position, oldest first. */
    List<Sample> stored(long after, int limit);

    /** Forgets a sample that the broker took. */
    CompletionStage<Void> delivered(Sample sample);

    /** Runs the listener after each sample that is stored, on the journal's thread. */
    void onSample(Runnable listener);

    /**
     * A stored measurement.
     *
     * @param position rising over all streams
     * @param sequence rising by one within the stream; a gap is what was dropped
     */
    record Sample(long position, String stream, long sequence, Instant at, String json) {}
}
