/**
 * Senses: pictures, sound and text in, records out, by models that run here. Knows the models it
 * was made for and nothing of robots or their commands. An open sense may be used by many threads,
 * one after another; streams belong to one thread. Everything runs on the caller's thread.
 */
@NullMarked
package dev.outrider.ai.sense;

import org.jspecify.annotations.NullMarked;
