/**
 * What was used: one record a request. Records are taken on event loops without waiting and written
 * by one thread of the log's own; queries block.
 */
@NullMarked
package dev.outrider.gateway.usage;

import org.jspecify.annotations.NullMarked;
