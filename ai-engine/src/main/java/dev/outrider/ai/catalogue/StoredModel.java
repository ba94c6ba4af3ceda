package dev.outrider.ai.catalogue;

import dev.outrider.ai.catalogue.ModelEntry.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The place of a model in the cache. A note beside every checked file, with its checksum, size and
 * time, spares hashing big files at every start; {@code .verified} was compared with the
 * catalogue's checksum, {@code .accepted} is a file's own one, written when somebody took it.
 *
 * @param folder of this model alone
 */
record StoredModel(ModelEntry entry, Path folder) {
    private static final String VERIFIED = ".verified";
    private static final String ACCEPTED = ".accepted";

    Path file() {
        return file(entry.files().getFirst());
    }

    Path file(ModelFile file) {
        return folder.resolve(file.name());
    }

    /** Hashes files unless that was done since they last changed. */
    ModelState state() throws IOException {
        ModelState whole = new ModelState.Verified(file());
        for (ModelFile file : entry.files()) {
            var state = state(file);
            switch (state) {
                case ModelState.Absent _, ModelState.Damaged _ -> {
                    return state;
                }
                case ModelState.Unverified _ -> whole = new ModelState.Unverified(file());
                case ModelState.Accepted _ -> {
                    if (whole instanceof ModelState.Verified) {
                        whole = new ModelState.Accepted(file());
                    }
                }
                case ModelState.Verified _ -> {}
            }
        }
        return whole;
    }

    ModelState state(ModelFile file) throws IOException {
        var path = file(file);
        if (!Files.isRegularFile(path)) {
            return new ModelState.Absent();
        }
        if (file.sizeBytes() != null && Files.size(path) != file.sizeBytes()) {
            return new ModelState.Damaged(
                    path,
                    "it has %d bytes instead of %d".formatted(Files.size(path), file.sizeBytes()));
        }
        return file.sha256() == null ? unknown(path) : known(path, file.sha256());
    }

    private static ModelState known(Path path, String sha256) throws IOException {
        if (note(path, sha256).equals(noted(path, VERIFIED))) {
            return new ModelState.Verified(path);
        }
        var actual = Checksums.sha256(path);
        if (!actual.equals(sha256)) {
            return new ModelState.Damaged(
                    path, "its SHA-256 is %s instead of %s".formatted(actual, sha256));
        }
        Files.writeString(beside(path, VERIFIED), note(path, sha256));
        return new ModelState.Verified(path);
    }

    private static ModelState unknown(Path path) throws IOException {
        var noted = noted(path, ACCEPTED);
        if (noted.isEmpty()) {
            return new ModelState.Unverified(path);
        }
        var accepted = noted.substring(0, Math.max(0, noted.indexOf(' ')));
        if (noted.equals(note(path, accepted))) {
            return new ModelState.Accepted(path);
        }
        if (!Checksums.sha256(path).equals(accepted)) {
            return new ModelState.Damaged(path, "it is not the file that was accepted");
        }
        Files.writeString(beside(path, ACCEPTED), note(path, accepted));
        return new ModelState.Accepted(path);
    }

    /** Hashes the files whatever is noted about them. */
    ModelState verify() throws IOException {
        for (ModelFile file : entry.files()) {
            var path = file(file);
            Files.deleteIfExists(beside(path, VERIFIED));
            var accepted = noted(path, ACCEPTED);
            if (!accepted.isEmpty()) {
                Files.writeString(beside(path, ACCEPTED), accepted.split(" ", 2)[0] + " anew");
            }
        }
        return state();
    }

    /** Notes that files without a known checksum are to be taken as they are. */
    ModelState accept() throws IOException {
        for (ModelFile file : entry.files()) {
            var path = file(file);
            if (file.sha256() == null && Files.isRegularFile(path)) {
                Files.writeString(beside(path, ACCEPTED), note(path, Checksums.sha256(path)));
            }
        }
        return state();
    }

    /** Takes a checked file of the same file system over. */
    void adopt(ModelFile file, Path fetched) throws IOException {
        var path = file(file);
        Files.createDirectories(path.getParent());
        for (String suffix : List.of(VERIFIED, ACCEPTED)) {
            Files.deleteIfExists(beside(path, suffix));
        }
        Files.move(fetched, path, StandardCopyOption.ATOMIC_MOVE);
        if (file.sha256() != null) {
            Files.writeString(beside(path, VERIFIED), note(path, file.sha256()));
        }
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

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private static String noted(Path file, String suffix) throws IOException {
        var note = beside(file, suffix);
        return Files.isRegularFile(note) ? Files.readString(note) : "";
    }

    private static String note(Path file, String sha256) throws IOException {
        return "%s %d %d\n"
                .formatted(sha256, Files.size(file), Files.getLastModifiedTime(file).toMillis());
    }
}
