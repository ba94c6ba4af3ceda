package dev.outrider.ai.catalogue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The models known by name, and the files of them this machine has. A file is accepted only if its
 * SHA-256 is the catalogue's, whichever package it came from.
 */
public final class ModelCatalogue {
    /** What is built on a model of the catalogue, and is asked for by its own name. */
    private static final Map<String, String> BUILT_ON = Map.of("scout", "smollm2-135m-instruct");

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
        return Stream.of("models.json", "senses.json")
                .flatMap(file -> shipped(file).stream())
                .toList();
    }

    private static List<ModelEntry> shipped(String file) {
        try (var json = ModelCatalogue.class.getResourceAsStream(file)) {
            if (json == null) {
                throw new IllegalStateException(file + " is missing from this build");
            }
            return new ObjectMapper().readValue(json, new TypeReference<List<ModelEntry>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(file + " of this build is damaged", e);
        }
    }

    /** Every known model, in the order of the catalogue. */
    public List<ModelEntry> entries() {
        return entries;
    }

    /** The model of just that name; for {@code scout} the one its adapter belongs to. */
    public Optional<ModelEntry> find(String name) {
        String own = BUILT_ON.getOrDefault(name, name);
        return entries.stream().filter(entry -> entry.name().equals(own)).findFirst();
    }

    /**
     * The model with a name, or the only one whose name begins so.
     *
     * @throws CatalogueException if there is none or more than one; the message lists them
     */
    public ModelEntry named(String name) {
        var exact = find(name);
        if (exact.isPresent()) {
            return exact.get();
        }
        var begun = entries.stream().filter(entry -> entry.name().startsWith(name)).toList();
        if (begun.size() == 1) {
            return begun.getFirst();
        }
        throw new CatalogueException(
                "%s model is called %s; the catalogue has %s"
                        .formatted(
                                begun.isEmpty() ? "no" : "more than one",
                                name,
                                names(begun.isEmpty() ? entries : begun)));
    }

    private static String names(List<ModelEntry> entries) {
        return entries.stream().map(ModelEntry::name).collect(Collectors.joining(", "));
    }

    /** The verified file, if this machine has it; never uses the network. */
    public Optional<Path> cached(ModelEntry entry) {
        return state(entry) instanceof ModelState.Verified(var file)
                ? Optional.of(file)
                : Optional.empty();
    }

    /** What this machine has of it; a file is hashed only if it changed since the last time. */
    public ModelState state(ModelEntry entry) {
        return onDisk(entry, "read", StoredModel::state);
    }

    /** What this machine has of it, hashed now. A damaged file is no longer taken for verified. */
    public ModelState verify(ModelEntry entry) {
        return onDisk(entry, "verify", StoredModel::verify);
    }

    /** Deletes what this machine has of it and gives the bytes freed, 0 if there was nothing. */
    public long remove(ModelEntry entry) {
        return onDisk(entry, "remove", StoredModel::remove);
    }

    private interface DiskUse<T> {
        T apply(StoredModel model) throws IOException;
    }

    private <T> T onDisk(ModelEntry entry, String verb, DiskUse<T> use) {
        var stored = stored(entry);
        try {
            return use.apply(stored);
        } catch (IOException e) {
            throw new CatalogueException(
                    "cannot %s the cached file %s: %s".formatted(verb, stored.file(), e), e);
        }
    }

    /**
     * The verified file, fetched first if this machine does not have it.
     *
     * @throws CatalogueException if a client is missing or offline, the disk is too full, or the
     *     checksum differs
     */
    public Path fetch(ModelEntry entry, Progress progress) {
        return cached(entry).orElseGet(() -> fetchAnew(entry, progress));
    }

    private Path fetchAnew(ModelEntry entry, Progress progress) {
        try {
            checkSpace(entry);
            var work = cache.work();
            try {
                var assembled = new Assembly(entry, client, progress).assemble(work);
                check(assembled, entry);
                return stored(entry).adopt(assembled);
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

    /** Room for the file and, beside it, one of the archives it comes in. */
    private void checkSpace(ModelEntry entry) throws IOException {
        long needed = entry.sizeBytes() + entry.sizeBytes() / entry.parts().size();
        long free = Files.getFileStore(Files.createDirectories(cache.root())).getUsableSpace();
        if (free < needed) {
            throw new CatalogueException(
                    "%s needs %,d MB of free disk while it is fetched, and %s has %,d MB: make room, or name another folder with XDG_CACHE_HOME"
                            .formatted(entry.name(), needed >> 20, cache.root(), free >> 20));
        }
    }

    private StoredModel stored(ModelEntry entry) {
        return new StoredModel(entry, cache.root().resolve("models").resolve(entry.name()));
    }
}
