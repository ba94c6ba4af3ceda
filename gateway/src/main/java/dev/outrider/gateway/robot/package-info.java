/**
 * Who may ask, and how much. Authentication reads a snapshot in memory and never blocks; counters
 * answer through a stage that may complete on any thread. What is here is safe for all threads and
 * free of SQL and Redis: those are adapters in {@code store}.
 */
@NullMarked
package dev.outrider.gateway.robot;

import org.jspecify.annotations.NullMarked;
