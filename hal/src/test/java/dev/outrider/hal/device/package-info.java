@NullMarked
package dev.outrider.hal.device;

import org.jspecify.annotations.NullMarked;
