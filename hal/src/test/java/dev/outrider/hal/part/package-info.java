@NullMarked
package dev.outrider.hal.part;

import org.jspecify.annotations.NullMarked;
