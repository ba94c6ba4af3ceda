@NullMarked
package dev.outrider.hal.linux;

import org.jspecify.annotations.NullMarked;
