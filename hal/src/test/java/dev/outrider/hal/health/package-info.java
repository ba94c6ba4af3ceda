@NullMarked
package dev.outrider.hal.health;

import org.jspecify.annotations.NullMarked;
