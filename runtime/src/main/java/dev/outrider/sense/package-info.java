/**
 * The robot's eyes, ears and voice: cameras, microphones and loudspeakers, real ones or folders of
 * pictures and sounds, and the models that make sense of them. Looking, reading, listening and
 * speaking run on the caller's thread, one at a time each; silencing on any.
 */
@NullMarked
package dev.outrider.sense;

import org.jspecify.annotations.NullMarked;
