/**
 * Pi4J providers over the Linux kernel's own interfaces: digital inputs and outputs, PWM, I2C and
 * SPI. Pi4J finds them by itself. Listeners of inputs are called on one thread, the edge pump's, as
 * soon as the kernel tells; everything else runs on its caller's thread.
 */
@NullMarked
package dev.outrider.hal.pi4j;

import org.jspecify.annotations.NullMarked;
