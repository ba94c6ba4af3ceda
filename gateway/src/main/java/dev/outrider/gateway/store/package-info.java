/**
 * Where robots, use and counts are kept: one set of SQL for SQLite and PostgreSQL, and Redis or
 * Valkey for counters that replicas share. JDBC blocks and is never called on an event loop; Redis
 * answers on threads of its client's own.
 */
@NullMarked
package dev.outrider.gateway.store;

import org.jspecify.annotations.NullMarked;
