/**
 * Closed-loop motion over a drive base and a range sensor: drive, turn, go to a place, each ending
 * in a value. A motion runs on its caller's thread, at one control period a step; nothing here
 * starts a thread.
 */
@NullMarked
package dev.outrider.hal.motion;

import org.jspecify.annotations.NullMarked;
