/**
 * The built-in model: which base it stands on and the adapter that makes it Scout. How the adapter
 * was trained is in the module's folder {@code scout}. Any thread.
 */
@NullMarked
package dev.outrider.ai.scout;

import org.jspecify.annotations.NullMarked;
