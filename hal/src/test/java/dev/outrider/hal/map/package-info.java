@NullMarked
package dev.outrider.hal.map;

import org.jspecify.annotations.NullMarked;
