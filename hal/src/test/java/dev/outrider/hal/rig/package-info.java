@NullMarked
package dev.outrider.hal.rig;

import org.jspecify.annotations.NullMarked;
