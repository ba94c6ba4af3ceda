/**
 * Parts made of real devices, written against the Pi4J API; serial lines, CAN and edges with the
 * kernel's time, which Pi4J has no word for, come from the kernel layer. A part takes its inputs
 * and outputs ready-made. Encoders count and sonars time on the thread that tells of edges, a CAN
 * bus is heard on a thread of its own, a stepper makes its steps on another; a wheel drive is
 * stepped by the safety loop; the rest runs on its caller's thread.
 */
@NullMarked
package dev.outrider.hal.device;

import org.jspecify.annotations.NullMarked;
