/**
 * The gateway's command line. Commands that look after robots work on the state itself, whether the
 * service runs or not; each runs on the main thread and ends with 0 done, 1 refused or failed, 2
 * wrong usage.
 */
@NullMarked
package dev.outrider.gateway.cli;

import org.jspecify.annotations.NullMarked;
