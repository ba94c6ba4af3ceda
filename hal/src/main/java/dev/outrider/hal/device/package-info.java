/**
 * Parts made of real devices, written against the Pi4J API: motors, encoders, a drive of two
 * wheels, servos, lamps and gauges. A part takes its inputs and outputs ready-made. Encoders count
 * on the thread that tells of edges; a wheel drive is stepped by the safety loop; the rest runs on
 * its caller's thread.
 */
@NullMarked
package dev.outrider.hal.device;

import org.jspecify.annotations.NullMarked;
