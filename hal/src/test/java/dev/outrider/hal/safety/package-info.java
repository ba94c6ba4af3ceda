@NullMarked
package dev.outrider.hal.safety;

import org.jspecify.annotations.NullMarked;
