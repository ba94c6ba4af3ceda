/** Models for tests, shared with other modules' tests. */
@NullMarked
package dev.outrider.ai.testing;

import org.jspecify.annotations.NullMarked;
