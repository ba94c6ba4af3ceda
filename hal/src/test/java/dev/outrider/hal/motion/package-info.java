@NullMarked
package dev.outrider.hal.motion;

import org.jspecify.annotations.NullMarked;
