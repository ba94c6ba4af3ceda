package dev.outrider.mqtt;

import java.util.concurrent.CompletionStage;

/** One connection to a broker, subscribed to the robot's topics; never used again once it broke. */
interface Connection extends AutoCloseable {

    /** Whether the broker still had the robot's session. */
    boolean sessionPresent();

    /**
     * Publishes, after waiting for room among the messages in flight.
     *
     * @return completes when the broker took it, or with a {@link LinkFailure} if it did not
     * @throws LinkFailure if the connection is no more
     */
    CompletionStage<Void> publish(Publication publication) throws LinkFailure;

    /** Acknowledges a message that came by this connection; nothing happens if it is no more. */
    void acknowledge(Delivery delivery);

    /** Takes leave of the broker, so that it does not call the robot lost. */
    void leave();

    /** Cuts it, if it is still there. */
    @Override
    void close();

    /** Told what happens on a connection, on its own threads; it only enqueues. */
    interface Listener {

        void arrived(Delivery delivery);

        /** The connection is no more; said at least once. */
        void lost(String why);
    }

    /** Makes connections. */
    interface Connector {

        /** A connection that is up and subscribed; messages may arrive before this returns. */
        Connection connect(Listener listener) throws LinkFailure;
    }
}
