package dev.outrider.mqtt;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the robot talks to its broker.
 *
 * @param root the first level of its topics
 * @param robot its name in them
 * @param credentials or null for a broker that asks for none
 * @param deadline for commands that bring none
 * @param maxPayload the longest request read, in bytes
 * @param receiveMaximum the most messages the broker may send unacknowledged
 * @param inFlight the most messages sent to the broker unacknowledged
 * @param sessionExpiry how long the broker keeps messages for an absent robot; whole seconds
 * @param keepAlive between signs of life; whole seconds
 * @param timeout for connecting, subscribing and being taken a message; whole seconds
 * @param longestPause between attempts to connect
 */
public record LinkConfig(
        String root,
        String robot,
        BrokerUrl broker,
        @Nullable Credentials credentials,
        Duration deadline,
        int maxPayload,
        int receiveMaximum,
        int inFlight,
        Duration sessionExpiry,
        Duration keepAlive,
        Duration timeout,
        Duration longestPause) {

    /** The first level of topics, unless configured. */
    public static final String ROOT = "outrider";

    public LinkConfig {
        Topics.requireLevel("the root", root);
        Topics.requireLevel("the robot's name", robot);
        if (maxPayload < 1 || receiveMaximum < 1 || inFlight < 1) {
            throw new IllegalArgumentException("the link's limits are at least 1");
        }
        if (keepAlive.toSeconds() < 1 || timeout.toSeconds() < 1) {
            throw new IllegalArgumentException("the link's times are at least a second");
        }
    }

    /** What is right for most robots. */
    public static LinkConfig of(String robot, BrokerUrl broker) {
        return new LinkConfig(
                ROOT,
                robot,
                broker,
                null,
                Duration.ofMinutes(5),
                64 * 1024,
                32,
                32,
                Duration.ofDays(7),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10));
    }

    /** The same with another first level of topics. */
    public LinkConfig withRoot(String root) {
        return with(root, credentials, deadline, maxPayload);
    }

    /** The same for a broker that asks who it is. */
    public LinkConfig withCredentials(@Nullable Credentials credentials) {
        return with(root, credentials, deadline, maxPayload);
    }

    /** The same with another deadline for commands that bring none. */
    public LinkConfig withDeadline(Duration deadline) {
        return with(root, credentials, deadline, maxPayload);
    }

    /** The same with another size limit, in bytes. */
    public LinkConfig withMaxPayload(int maxPayload) {
        return with(root, credentials, deadline, maxPayload);
    }

    private LinkConfig with(
            String root, @Nullable Credentials credentials, Duration deadline, int maxPayload) {
        return new LinkConfig(
                root,
                robot,
                broker,
                credentials,
                deadline,
                maxPayload,
                receiveMaximum,
                inFlight,
                sessionExpiry,
                keepAlive,
                timeout,
                longestPause);
    }
}
