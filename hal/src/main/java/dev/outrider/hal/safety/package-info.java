/**
 * What stops the robot whatever else goes wrong: the emergency stop and its durable latch, leases,
 * and the loop that checks them. Engaging runs on the thread that engages; the loop owns one
 * thread. Nothing here waits for a part that is moving.
 */
@NullMarked
package dev.outrider.hal.safety;

import org.jspecify.annotations.NullMarked;
