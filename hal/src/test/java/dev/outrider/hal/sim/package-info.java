@NullMarked
package dev.outrider.hal.sim;

import org.jspecify.annotations.NullMarked;
