/**
 * Whether a model file fits a machine, computed from the file's own metadata and what the operating
 * system says. What cannot be read or computed is said to be unknown, never guessed. Nothing here
 * loads a model. Every call runs on the caller's thread; measuring bandwidth takes about a second.
 */
@NullMarked
package dev.outrider.ai.fit;

import org.jspecify.annotations.NullMarked;
