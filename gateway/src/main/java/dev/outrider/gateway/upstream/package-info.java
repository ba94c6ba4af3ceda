/**
 * The models behind the gateway: which can answer, in what order they are asked, how one is asked,
 * and what counts as an answer. A request lives on one Vert.x event loop from start to end: every
 * callback of its {@code Dispatch}, {@code UpstreamCall} and {@code Receiver} runs there. {@code
 * Pool} and {@code Upstream} are shared by all event loops and safe for them.
 */
@NullMarked
package dev.outrider.gateway.upstream;

import org.jspecify.annotations.NullMarked;
