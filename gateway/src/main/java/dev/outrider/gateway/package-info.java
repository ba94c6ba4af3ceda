/**
 * The cloud side: authenticates robots, meters them and passes their reasoning on to large models.
 * It shares no Java with the robot; they meet on the OpenAI chat-completions wire protocol.
 */
@NullMarked
package dev.outrider.gateway;

import org.jspecify.annotations.NullMarked;
