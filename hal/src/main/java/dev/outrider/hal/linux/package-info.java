/**
 * The Linux kernel's own device interfaces through java.lang.foreign, with no native code of ours
 * and no calls back from native code: GPIO character devices (uAPI v2), i2c-dev, spidev, PWM in
 * sysfs, serial lines, SocketCAN and watchdogs. Each C struct has one type here that names its
 * header. Calls run on the caller's thread and may be made from any; GPIO edges come in on one
 * thread, the edge pump's. Chips are found by label, lines by name, PWM by parent device: numbers
 * change between boots.
 */
@NullMarked
package dev.outrider.hal.linux;

import org.jspecify.annotations.NullMarked;
