/**
 * The front of language: English and Spanish sentences as robots are told them, brought to a normal
 * form and read into plans by rules. Only the vocabulary of {@code dev.outrider.model} and words
 * enter, no model and no framework. What is public is immutable and safe on any thread; what reads
 * one sentence is made for it and dropped.
 */
@NullMarked
package dev.outrider.reason.language;

import org.jspecify.annotations.NullMarked;
