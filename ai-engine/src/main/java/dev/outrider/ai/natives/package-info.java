/**
 * Native libraries that travel inside our own jar: packed by the build, unpacked once per version
 * into the user's cache. Knows file names and checksums, calls no native function. Every call runs
 * on the caller's thread; several processes may unpack at the same time.
 */
@NullMarked
package dev.outrider.ai.natives;

import org.jspecify.annotations.NullMarked;
