/**
 * How the host is: temperature, load, memory and battery, read from the kernel's files under a root
 * folder. What a machine does not tell is unknown, never zero. Reads happen on the caller's thread;
 * only loads keep what they read last.
 */
@NullMarked
package dev.outrider.hal.health;

import org.jspecify.annotations.NullMarked;
