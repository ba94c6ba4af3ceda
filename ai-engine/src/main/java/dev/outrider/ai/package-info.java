/**
 * The mind's machinery as a plain library: DJL engines over native libraries, model files and the
 * catalogue of known models. It knows nothing of robots' commands, parts or Quarkus.
 */
@NullMarked
package dev.outrider.ai;

import org.jspecify.annotations.NullMarked;
