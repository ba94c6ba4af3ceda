package dev.outrider.ai.catalogue;

import java.nio.file.Path;

/** Fetches a registry package as one archive file. */
@FunctionalInterface
public interface PackageClient {
    /**
     * Fetches the package's archive.
     *
     * @param folder an empty folder the archive is written into
     * @return the archive, not yet verified
     * @throws CatalogueException if the client is missing, offline, or refuses
     */
    Path download(PackageRef reference, Path folder);

    /** The user's own {@code npm} and {@code pip}, with the user's own configuration. */
    static PackageClient commandLine() {
        return new CommandLineClient();
    }
}
