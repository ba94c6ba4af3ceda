/** The command line. Each command runs on the main thread and returns an exit code. */
@NullMarked
package dev.outrider.cli;

import org.jspecify.annotations.NullMarked;
