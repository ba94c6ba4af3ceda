/**
 * The front of language: English and Spanish sentences as robots are told them, brought to a normal
 * form and read into plans by rules. Only the vocabulary of {@code dev.outrider.model} and words
 * enter, no model and no framework; everything here is immutable and safe on any thread.
 */
@NullMarked
package dev.outrider.reason.language;

import org.jspecify.annotations.NullMarked;
