/**
 * The C interface of libllama 0.5.0 as Java methods: layouts, handles, loading and the guard
 * against a library of another version. No upcalls, no state but the loaded library. Calls run on
 * the caller's thread; which thread may make which call is the caller's business, as are the
 * preconditions that C does not check.
 */
@NullMarked
package dev.outrider.ai.llama.foreign;

import org.jspecify.annotations.NullMarked;
