package dev.outrider.cli;

import dev.outrider.ai.catalogue.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows a fetch line by line. */
final class PullProgress implements Progress {

    private final PrintWriter err;

    PullProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void report(String step, long doneBytes, long totalBytes) {
        err.println(
                String.format(
                        Locale.ROOT,
                        "%3s %%  %s of %s  %s",
                        totalBytes == 0 ? "?" : Long.toString(100 * doneBytes / totalBytes),
                        Megabytes.of(doneBytes),
                        totalBytes == 0 ? "an unknown size" : Megabytes.of(totalBytes),
                        step));
    }
}
