@NullMarked
package dev.outrider.hal.pi4j;

import org.jspecify.annotations.NullMarked;
