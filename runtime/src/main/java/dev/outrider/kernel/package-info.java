/**
 * Accept, decide, check, act, answer: the way of a command, and the ports it goes through. Adapters
 * live elsewhere and enter by constructor. Links call {@link Intake} on their own threads; deciding
 * and acting happen one command at a time on the conductor's thread; an emergency stop and a
 * literal stop overtake it on the caller's.
 */
@NullMarked
package dev.outrider.kernel;

import org.jspecify.annotations.NullMarked;
