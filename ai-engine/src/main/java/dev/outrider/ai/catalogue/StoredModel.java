package dev.outrider.ai.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The place of a model in the cache.
 *
 * @param folder of this model alone
 */
record StoredModel(ModelEntry entry, Path folder) {
    Path file() {
        return folder.resolve(entry.file());
    }

    /** Hashes the file unless that was done since it last changed. */
    ModelState state() throws IOException {
        if (Stamp.holds(file(), entry.sha256())) {
            return new ModelState.Verified(file());
        }
        if (!Files.isRegularFile(file())) {
            return new ModelState.Absent();
        }
        if (Files.size(file()) != entry.sizeBytes()) {
            return damaged(
                    "it has %d bytes instead of %d"
                            .formatted(Files.size(file()), entry.sizeBytes()));
        }
        var actual = Checksums.sha256(file());
        if (!actual.equals(entry.sha256())) {
            return damaged("its SHA-256 is %s instead of %s".formatted(actual, entry.sha256()));
        }
        Stamp.write(file(), entry.sha256());
        return new ModelState.Verified(file());
    }

    private ModelState damaged(String reason) {
        return new ModelState.Damaged(file(), reason);
    }

    /** Hashes the file whatever is noted about it. */
    ModelState verify() throws IOException {
        Stamp.remove(file());
        return state();
    }

    /** Takes a checked file of the same file system over. */
    Path adopt(Path assembled) throws IOException {
        Files.createDirectories(folder);
        Files.move(assembled, file(), StandardCopyOption.ATOMIC_MOVE);
        Stamp.write(file(), entry.sha256());
        return file();
    }

    /** Bytes freed. */
    long remove() throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        long bytes = 0;
        try (var files = Files.walk(folder)) {
            for (Path path : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(path);
            }
        }
        CacheFolder.delete(folder);
        return bytes;
    }
}
