/**
 * The three rungs of the ladder, and what models are told and allowed to say. They run on the
 * ladder's virtual threads.
 */
@NullMarked
package dev.outrider.reason;

import org.jspecify.annotations.NullMarked;
