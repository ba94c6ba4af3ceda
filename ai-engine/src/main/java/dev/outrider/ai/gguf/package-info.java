/**
 * GGUF model files: reading what a file says about itself, and writing small ones. Pure Java, no
 * native library; files are treated as hostile. Every call runs on the caller's thread.
 */
@NullMarked
package dev.outrider.ai.gguf;

import org.jspecify.annotations.NullMarked;
