/**
 * SQLite: inbox, outbox and what happened. One writer thread groups changes into commits; the
 * calling thread never waits for the disk unless it joins a stage.
 */
@NullMarked
package dev.outrider.journal;

import org.jspecify.annotations.NullMarked;
