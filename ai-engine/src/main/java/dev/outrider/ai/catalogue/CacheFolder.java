package dev.outrider.ai.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;

/**
 * The folder fetched and unpacked files are kept in, by the XDG base directory specification.
 * Everything in it can be deleted at any time and is fetched again when needed.
 */
public record CacheFolder(Path root) {
    /** {@code $XDG_CACHE_HOME/outrider}, or {@code ~/.cache/outrider}. */
    public static CacheFolder standard() {
        return of(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    static CacheFolder of(Map<String, String> environment, Path home) {
        var configured = environment.getOrDefault("XDG_CACHE_HOME", "");
        var base = configured.isBlank() ? home.resolve(".cache") : Path.of(configured);
        return new CacheFolder(base.resolve("outrider"));
    }

    /** A new empty folder on the same file system, so that moving out of it is atomic. */
    public Path work() throws IOException {
        return Files.createTempDirectory(Files.createDirectories(root.resolve("work")), "");
    }

    /** Removes a work folder with all it holds. */
    public static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
