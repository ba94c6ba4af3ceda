/**
 * The JSON forms of the vocabulary, shared by the links, the journal, the reasoners and the web.
 * Stateless, safe on any thread.
 */
@NullMarked
package dev.outrider.codec;

import org.jspecify.annotations.NullMarked;
