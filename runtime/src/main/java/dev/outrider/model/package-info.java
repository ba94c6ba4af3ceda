/**
 * The vocabulary every other package speaks: commands, capabilities, plans, outcomes, situations.
 * Only immutable values enter, on the JDK alone; they are safe on any thread.
 */
@NullMarked
package dev.outrider.model;

import org.jspecify.annotations.NullMarked;
