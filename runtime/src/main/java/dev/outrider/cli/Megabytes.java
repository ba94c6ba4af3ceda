package dev.outrider.cli;

import java.util.Locale;

/** Sizes as the command line shows them, in binary megabytes. */
final class Megabytes {

    private static final double BYTES = 1 << 20;

    private Megabytes() {}

    static String of(long bytes) {
        return String.format(
                Locale.ROOT, bytes < 10 * BYTES ? "%.1f MB" : "%.0f MB", bytes / BYTES);
    }
}
