package dev.outrider.ai.catalogue;

import dev.outrider.ai.catalogue.ModelEntry.ModelFile;
import dev.outrider.ai.catalogue.ModelEntry.Part;
import dev.outrider.ai.catalogue.ModelEntry.Place;
import dev.outrider.ai.gguf.GgufException;
import dev.outrider.ai.gguf.GgufFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One fetch of a model's missing files, each from the first of its places that has it. What was
 * fetched before an interruption lies in the unfinished folder and is gone on with.
 */
final class Pull {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final long SILENT_BYTES = 16 << 20;

    private final StoredModel stored;
    private final Path unfinished;
    private final PackageClient packages;
    private final WebSource web;
    private final Progress progress;
    private final Map<PackageRef, Path> archives = new HashMap<>();

    /**
     * @param unfinished folder of this model alone
     */
    Pull(
            StoredModel stored,
            Path unfinished,
            PackageClient packages,
            WebSource web,
            Progress progress) {
        this.stored = stored;
        this.unfinished = unfinished;
        this.packages = packages;
        this.web = web;
        this.progress = progress;
    }

    /** Fetches, checks and takes over every file that is not there yet. */
    void run() throws IOException {
        Files.createDirectories(unfinished);
        try {
            var fetched = new HashMap<ModelFile, Path>();
            for (ModelFile file : stored.entry().files()) {
                if (!isThere(file)) {
                    fetched.put(file, fetch(file));
                }
            }
            for (var file : fetched.entrySet()) {
                stored.adopt(file.getKey(), file.getValue());
            }
        } finally {
            for (Path archive : archives.values()) {
                CacheFolder.delete(archive.resolveSibling(""));
            }
        }
        CacheFolder.delete(unfinished);
    }

    /** Bytes that are still to come, files of unknown size left out. */
    long missingBytes() throws IOException {
        long bytes = 0;
        for (ModelFile file : stored.entry().files()) {
            if (file.sizeBytes() != null && !isThere(file)) {
                var begun = target(file);
                long have = Files.isRegularFile(begun) ? Files.size(begun) : 0;
                bytes += Math.max(0, file.sizeBytes() - have) + archiveBytes(file);
            }
        }
        return bytes;
    }

    /** What one of the archives takes that lies beside the file while it is unpacked. */
    private static long archiveBytes(ModelFile file) {
        return !file.places().isEmpty()
                        && file.places().getFirst() instanceof Place.Packages(var parts)
                        && file.sizeBytes() != null
                ? file.sizeBytes() / parts.size()
                : 0;
    }

    private boolean isThere(ModelFile file) throws IOException {
        return switch (stored.state(file)) {
            case ModelState.Verified _, ModelState.Accepted _, ModelState.Unverified _ -> true;
            case ModelState.Absent _, ModelState.Damaged _ -> false;
        };
    }

    private Path target(ModelFile file) {
        return unfinished.resolve(file.name());
    }

    private Path fetch(ModelFile file) throws IOException {
        var failures = new ArrayList<String>();
        for (Place place : file.places()) {
            try {
                return fetch(file, place);
            } catch (CatalogueException | IOException e) {
                failures.add(e.getMessage() == null ? e.toString() : e.getMessage());
            }
        }
        throw new CatalogueException(
                failures.isEmpty()
                        ? "%s: no place is known that has %s; name one with --from"
                                .formatted(stored.entry().name(), file.name())
                        : "%s could not be fetched: %s"
                                .formatted(stored.entry().name(), String.join("; ", failures)));
    }

    private Path fetch(ModelFile file, Place place) throws IOException {
        var target = target(file);
        Files.createDirectories(target.getParent());
        belongsTo(place, target);
        progress.report("fetching " + place, have(target), size(file));
        switch (place) {
            case Place.Web(var uri) -> web.fetch(uri, target, file.sizeBytes(), steps(file, uri));
            case Place.Folder(var folder) -> copy(file, folder.resolve(file.name()), target);
            case Place.Packages(var parts) -> assemble(file, parts, target);
        }
        check(file, target);
        progress.report("checked " + file.name(), have(target), have(target));
        return target;
    }

    /** What another place left half done is no beginning for this one. */
    private static void belongsTo(Place place, Path target) throws IOException {
        var owner = sidecar(target, ".place");
        var name = place.getClass().getSimpleName() + " " + place;
        if (!Files.isRegularFile(owner) || !Files.readString(owner).equals(name)) {
            forget(target);
            Files.writeString(owner, name);
        }
    }

    private static void forget(Path target) throws IOException {
        Files.deleteIfExists(target);
        Files.deleteIfExists(sidecar(target, ".etag"));
        Files.deleteIfExists(sidecar(target, ".parts"));
    }

    private static Path sidecar(Path target, String suffix) {
        return target.resolveSibling(target.getFileName() + suffix);
    }

    private static long have(Path target) throws IOException {
        return Files.isRegularFile(target) ? Files.size(target) : 0;
    }

    private static long size(ModelFile file) {
        return file.sizeBytes() == null ? 0 : file.sizeBytes();
    }

    /** Tells of every percent, or now and then where the end is not known. */
    private LongConsumer steps(ModelFile file, Object from) {
        long total = size(file);
        long step = total > 0 ? Math.max(1, total / 100) : SILENT_BYTES;
        return new LongConsumer() {
            private long told;

            @Override
            public void accept(long done) {
                if (done - told >= step || (done == total && told != total)) {
                    told = done;
                    progress.report("fetching " + from, done, total);
                }
            }
        };
    }

    private void copy(ModelFile file, Path source, Path target) throws IOException {
        if (!Files.isRegularFile(source)) {
            throw new CatalogueException("there is no file " + source);
        }
        forget(target);
        try (var in = Files.newInputStream(source);
                var out = Files.newOutputStream(target)) {
            pour(file, in, out, 0, steps(file, source));
        }
    }

    private void assemble(ModelFile file, List<Part> parts, Path target) throws IOException {
        var note = sidecar(target, ".parts");
        var begun = begun(note, target);
        for (int i = begun; i < parts.size(); i++) {
            append(file, parts.get(i), target);
            Files.writeString(note, "%d %d".formatted(i + 1, Files.size(target)));
        }
    }

    /** How many parts the file holds already; what an interruption left of the next one is cut. */
    private static int begun(Path note, Path target) throws IOException {
        if (Files.isRegularFile(note) && Files.isRegularFile(target)) {
            var words = Files.readString(note).split(" ", 2);
            long bytes = Long.parseLong(words[1]);
            if (Files.size(target) >= bytes) {
                try (var channel = Files.newByteChannel(target, StandardOpenOption.WRITE)) {
                    channel.truncate(bytes);
                }
                return Integer.parseInt(words[0]);
            }
        }
        forget(target);
        return 0;
    }

    private void append(ModelFile file, Part part, Path target) throws IOException {
        progress.report("downloading " + part.reference(), have(target), size(file));
        var archive = archive(part.reference());
        long before = have(target);
        try (var out =
                Files.newOutputStream(
                        target, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            Archives.visit(
                    archive,
                    (name, content) -> {
                        if (name.equals(part.member())) {
                            pour(file, content, out, before, done -> {});
                        }
                    });
        }
        if (have(target) == before) {
            throw new CatalogueException(
                    "package %s holds no %s".formatted(part.reference(), part.member()));
        }
        drop(file, part);
        progress.report("unpacked " + part.reference(), have(target), size(file));
    }

    private Path archive(PackageRef reference) throws IOException {
        var known = archives.get(reference);
        if (known != null) {
            return known;
        }
        var folder = Files.createTempDirectory(unfinished, "package");
        try {
            var archive = packages.download(reference, folder);
            archives.put(reference, archive);
            return archive;
        } catch (CatalogueException e) {
            CacheFolder.delete(folder);
            throw e;
        }
    }

    /** Removes an archive that no other file comes from. */
    private void drop(ModelFile file, Part part) throws IOException {
        boolean needed =
                stored.entry().files().stream()
                        .filter(other -> !other.equals(file))
                        .flatMap(other -> other.places().stream())
                        .anyMatch(place ->
                                place instanceof Place.Packages(var parts)
                                        && parts.stream()
                                                .map(Part::reference)
                                                .anyMatch(part.reference()::equals));
        var archive = needed ? null : archives.remove(part.reference());
        if (archive != null) {
            CacheFolder.delete(archive.resolveSibling(""));
        }
    }

    private void pour(
            ModelFile file, InputStream in, OutputStream out, long before, LongConsumer done)
            throws IOException {
        var buffer = new byte[BUFFER_BYTES];
        long at = before;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
            at += n;
            if (file.sizeBytes() != null && at > file.sizeBytes()) {
                throw new CatalogueException(
                        "%s: there are more than the %d bytes the catalogue names"
                                .formatted(file.name(), file.sizeBytes()));
            }
            done.accept(at);
        }
    }

    private void check(ModelFile file, Path target) throws IOException {
        var wrong = wrong(file, target);
        if (wrong != null) {
            forget(target);
            throw new CatalogueException(
                    "%s: %s; the file was removed".formatted(file.name(), wrong));
        }
    }

    private static @Nullable String wrong(ModelFile file, Path target) throws IOException {
        long length = have(target);
        if (file.sizeBytes() != null && length != file.sizeBytes()) {
            return "%d bytes were fetched, the catalogue says %d"
                    .formatted(length, file.sizeBytes());
        }
        if (file.sha256() == null) {
            return file.name().endsWith(".gguf") ? noModel(target) : null;
        }
        var actual = Checksums.sha256(target);
        return actual.equals(file.sha256())
                ? null
                : "the fetched file has SHA-256 %s, the catalogue says %s"
                        .formatted(actual, file.sha256());
    }

    /** Without a checksum, at least a page that asks to log in is not taken for a model. */
    private static @Nullable String noModel(Path target) {
        try {
            GgufFile.read(target);
            return null;
        } catch (GgufException e) {
            return e.getMessage();
        }
    }
}
