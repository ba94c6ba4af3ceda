/**
 * What {@code outrider bench hal} measures, on whatever board it runs: the kernel layer beside
 * libgpiod's tools and beside C in the same run. Measures on its caller's thread.
 */
@NullMarked
package dev.outrider.hal.bench;

import org.jspecify.annotations.NullMarked;
