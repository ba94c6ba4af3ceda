/**
 * Measures the gateway beside a plain relay, against an upstream that can be told to fail. The
 * upstream serves each connection on a virtual thread of its own with blocking sockets, because
 * only those can be cut by reset as well as by end.
 */
@NullMarked
package dev.outrider.gateway.bench;

import org.jspecify.annotations.NullMarked;
