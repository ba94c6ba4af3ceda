/**
 * The OpenAI wire that robots speak: HTTP/1.1 and TLS, authentication, limits, error shapes. One
 * verticle per event loop; a request never leaves its event loop, except that a counter's answer
 * may come from another thread and is brought back.
 */
@NullMarked
package dev.outrider.gateway.wire;

import org.jspecify.annotations.NullMarked;
