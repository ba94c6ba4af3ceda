/**
 * The link to robot controllers: Paho v5 behind one class, topics, wire codec and the embedded
 * broker. Callbacks only enqueue; one link thread connects, one publishes.
 */
@NullMarked
package dev.outrider.mqtt;

import org.jspecify.annotations.NullMarked;
