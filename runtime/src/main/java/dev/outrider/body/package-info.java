/**
 * The HAL's parts and the senses as the kernel's actuators and sensors. Actions run on the
 * conductor's thread; reading state and stopping on any.
 */
@NullMarked
package dev.outrider.body;

import org.jspecify.annotations.NullMarked;
