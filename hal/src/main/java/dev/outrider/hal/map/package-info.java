/**
 * A small flat map: walls, boxes, named places, and ways between them. Immutable values and pure
 * functions; any thread.
 */
@NullMarked
package dev.outrider.hal.map;

import org.jspecify.annotations.NullMarked;
