package dev.outrider.ai.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A note beside a verified file, so that a big file is hashed once and not at every start. */
final class Stamp {
    private Stamp() {}

    static boolean holds(Path file, String sha256) throws IOException {
        var stamp = beside(file);
        return Files.isRegularFile(file)
                && Files.isRegularFile(stamp)
                && Files.readString(stamp).equals(text(file, sha256));
    }

    static void write(Path file, String sha256) throws IOException {
        Files.writeString(beside(file), text(file, sha256));
    }

    static void remove(Path file) throws IOException {
        Files.deleteIfExists(beside(file));
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".verified");
    }

    private static String text(Path file, String sha256) throws IOException {
        return "%s %d %d\n"
                .formatted(sha256, Files.size(file), Files.getLastModifiedTime(file).toMillis());
    }
}
