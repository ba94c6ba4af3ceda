/**
 * The composition root: the one place that knows every package, puts a robot together from its
 * configuration, starts it and takes it down.
 */
@NullMarked
package dev.outrider;

import org.jspecify.annotations.NullMarked;
