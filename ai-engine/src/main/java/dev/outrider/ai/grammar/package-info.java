/**
 * Grammars that constrain what a model can say, made from what callers have: a JSON Schema. Pure
 * text in, text out, on the caller's thread.
 */
@NullMarked
package dev.outrider.ai.grammar;

import org.jspecify.annotations.NullMarked;
