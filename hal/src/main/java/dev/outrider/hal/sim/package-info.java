/**
 * A robot made of arithmetic: kinematics, battery, range sensor and collisions on a floor plan. It
 * owns no thread; the world is brought up to the present whenever somebody looks at it or commands
 * it, under one lock.
 */
@NullMarked
package dev.outrider.hal.sim;

import org.jspecify.annotations.NullMarked;
