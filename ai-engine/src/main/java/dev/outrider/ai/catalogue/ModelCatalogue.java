package dev.outrider.ai.catalogue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * The models known by name, and the files of them this machine has. A file is accepted only if its
 * SHA-256 is the catalogue's, whichever package it came from.
 */
public final class ModelCatalogue {
    private final List<ModelEntry> entries;
    private final CacheFolder cache;
    private final PackageClient client;

    public ModelCatalogue(List<ModelEntry> entries, CacheFolder cache, PackageClient client) {
        this.entries = List.copyOf(entries);
        this.cache = cache;
        this.client = client;
    }

    /** The models shipped with this version, in the user's cache, through the user's clients. */
    public static ModelCatalogue standard() {
        return standard(CacheFolder.standard());
    }

    /** The models shipped with this version, in a cache of the caller's choice. */
    public static ModelCatalogue standard(CacheFolder cache) {
        return new ModelCatalogue(shipped(), cache, PackageClient.commandLine());
    }

    private static List<ModelEntry> shipped() {
        try (var json = ModelCatalogue.class.getResourceAsStream("models.json")) {
            if (json == null) {
                throw new IllegalStateException("models.json is missing from this build");
            }
            return new ObjectMapper().readValue(json, new TypeReference<List<ModelEntry>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("models.json of this build is damaged", e);
        }
    }

    /** Every known model, in the order of the catalogue. */
    public List<ModelEntry> entries() {
        return entries;
    }

    public Optional<ModelEntry> find(String name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /** The verified file, if this machine has it; never uses the network. */
    public Optional<Path> cached(ModelEntry entry) {
        var file = file(entry);
        try {
            return verified(file, entry) ? Optional.of(file) : Optional.empty();
        } catch (IOException e) {
            throw new CatalogueException("cannot read the cached file " + file, e);
        }
    }

    /**
     * The verified file, fetched first if this machine does not have it.
     *
     * @throws CatalogueException if a client is missing, offline, or the checksum differs
     */
    public Path fetch(ModelEntry entry, Progress progress) {
        return cached(entry).orElseGet(() -> fetchAnew(entry, progress));
    }

    private Path fetchAnew(ModelEntry entry, Progress progress) {
        try {
            var work = cache.work();
            try {
                var assembled = new Assembly(entry, client, progress).assemble(work);
                check(assembled, entry);
                return adopt(assembled, entry);
            } finally {
                CacheFolder.delete(work);
            }
        } catch (IOException e) {
            throw new CatalogueException(
                    "could not store %s under %s: %s"
                            .formatted(entry.name(), cache.root(), e.getMessage()),
                    e);
        }
    }

    private static void check(Path assembled, ModelEntry entry) throws IOException {
        var actual = Checksums.sha256(assembled);
        if (!actual.equals(entry.sha256())) {
            throw new CatalogueException(
                    "%s: the fetched file has SHA-256 %s, the catalogue says %s; the file was removed"
                            .formatted(entry.name(), actual, entry.sha256()));
        }
    }

    private Path adopt(Path assembled, ModelEntry entry) throws IOException {
        var file = file(entry);
        Files.createDirectories(file.getParent());
        Files.move(assembled, file, StandardCopyOption.ATOMIC_MOVE);
        Stamp.write(file, entry.sha256());
        return file;
    }

    private static boolean verified(Path file, ModelEntry entry) throws IOException {
        if (Stamp.holds(file, entry.sha256())) {
            return true;
        }
        if (!Files.isRegularFile(file)
                || Files.size(file) != entry.sizeBytes()
                || !Checksums.sha256(file).equals(entry.sha256())) {
            return false;
        }
        Stamp.write(file, entry.sha256());
        return true;
    }

    private Path file(ModelEntry entry) {
        return cache.root().resolve("models").resolve(entry.name()).resolve(entry.file());
    }
}
