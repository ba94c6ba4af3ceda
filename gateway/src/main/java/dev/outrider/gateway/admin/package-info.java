/**
 * The owner's side: robots, use and upstreams as an API and a page. Listens apart from the wire, on
 * the loopback unless told otherwise. Every request runs on a worker thread and may block.
 */
@NullMarked
package dev.outrider.gateway.admin;

import org.jspecify.annotations.NullMarked;
