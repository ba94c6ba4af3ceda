package dev.outrider.kernel;

import java.util.concurrent.CompletionStage;

/** Messages nobody could read, kept for people to look at. */
public interface DeadLetters {

    /**
     * Stores a message; a long payload is cut, and the oldest go when there are too many.
     *
     * @param reason what is wrong with it
     * @return completes once it is on disk, or with a {@link JournalFailure}
     */
    CompletionStage<Void> bury(String topic, byte[] payload, String reason);
}
