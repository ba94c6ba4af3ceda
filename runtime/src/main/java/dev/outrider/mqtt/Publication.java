package dev.outrider.mqtt;

import org.jspecify.annotations.Nullable;

/** A message to the broker; without retention unless said. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Publication(
        String topic, byte[] payload, int qos, boolean retained, byte @Nullable [] correlation) {

    static Publication retained(String topic, byte[] payload) {
        return new Publication(topic, payload, 1, true, null);
    }
}
