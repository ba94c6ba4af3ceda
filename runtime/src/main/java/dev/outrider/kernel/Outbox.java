package dev.outrider.kernel;

import dev.outrider.model.CommandId;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Answers on their way to clients. A letter is open until it was sent, and remembered until the
 * client acknowledges it: a broker's acknowledgement is not delivery.
 */
public interface Outbox {

    /** The open letters after that sequence number, oldest first. */
    List<Letter> open(long after, int limit);

    /** Notes that the broker took a letter. */
    CompletionStage<Void> sent(long sequence);

    /** Notes that the client has the answer to that command. */
    CompletionStage<Void> acknowledged(String client, CommandId id);

    /** Opens again what was sent and not acknowledged, because the broker lost its session. */
    CompletionStage<Void> reopen();

    /** Runs the listener after each letter that is queued, on the journal's thread. */
    void onLetter(Runnable listener);

    /**
     * An answer for a client.
     *
     * @param sequence rising in the order the letters were queued
     * @param payload JSON, as it goes on the wire
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, written once
    record Letter(long sequence, String client, CommandId id, byte[] payload) {}
}
