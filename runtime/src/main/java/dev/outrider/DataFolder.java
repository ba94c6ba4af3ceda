package dev.outrider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder for what must survive a restart; only its owner may look into it. */
final class DataFolder {

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private DataFolder() {}

    /**
     * The folder, made if it is not there.
     *
     * @throws StartupFailure if it cannot be written
     */
    static Path open(Path data) {
        try {
            if (!Files.isDirectory(data)) {
                Files.createDirectories(data.toAbsolutePath().getParent());
                Files.createDirectory(data, OWNER_ONLY);
            }
            Path probe = Files.createTempFile(data, ".probe", "");
            Files.delete(probe);
            return data.toAbsolutePath();
        } catch (IOException e) {
            throw new StartupFailure(
                    "the data folder "
                            + data
                            + " cannot be written ("
                            + e.getClass().getSimpleName()
                            + ": "
                            + e.getMessage()
                            + "); choose another with --data",
                    e);
        }
    }
}
