/**
 * The robot's body as a plain library: parts, the board they sit on, safety, health and a simulated
 * robot. It knows nothing of commands, plans or Quarkus.
 */
@NullMarked
package dev.outrider.hal;

import org.jspecify.annotations.NullMarked;
