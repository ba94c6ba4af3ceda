package dev.outrider.mqtt;

import org.jspecify.annotations.Nullable;

/**
 * A message from the broker.
 *
 * @param packet the number to acknowledge it by
 * @param expiry the seconds left to it, or null
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Delivery(
        String topic,
        byte[] payload,
        int qos,
        boolean retained,
        int packet,
        byte @Nullable [] correlation,
        @Nullable String responseTopic,
        @Nullable Long expiry) {}
