package dev.outrider.ai.catalogue;

import dev.outrider.ai.catalogue.ModelEntry.ModelFile;
import dev.outrider.ai.catalogue.ModelEntry.Place;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * The models known by name, and the files of them this machine has. A file is accepted only if its
 * SHA-256 is the catalogue's, wherever it came from; where the catalogue knows none, only at
 * somebody's explicit word.
 */
public final class ModelCatalogue {
    /** Downloads of the same model in this process, one at a time. */
    private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    /** What is built on a model of the catalogue, and is asked for by its own name. */
    private static final Map<String, String> BUILT_ON = Map.of("scout", "smollm2-135m-instruct");

    private final List<ModelEntry> entries;
    private final CacheFolder cache;
    private final PackageClient client;
    private final WebSource web;

    public ModelCatalogue(List<ModelEntry> entries, CacheFolder cache, PackageClient client) {
        this(entries, cache, client, WebSource.standard());
    }

    ModelCatalogue(
            List<ModelEntry> entries, CacheFolder cache, PackageClient client, WebSource web) {
        this.entries = List.copyOf(entries);
        this.cache = cache;
        this.client = client;
        this.web = web;
    }

    /** The models shipped with this version, in the user's cache, through the user's clients. */
    public static ModelCatalogue standard() {
        return standard(CacheFolder.standard());
    }

    /** The models shipped with this version, in a cache of the caller's choice. */
    public static ModelCatalogue standard(CacheFolder cache) {
        return new ModelCatalogue(ModelList.shipped(), cache, PackageClient.commandLine());
    }

    /** Every known model, in the order of the catalogue. */
    public List<ModelEntry> entries() {
        return entries;
    }

    /** The model of just that name; for {@code scout} the one its adapter belongs to. */
    public Optional<ModelEntry> find(String name) {
        String own = BUILT_ON.getOrDefault(name, name);
        return entries.stream()
                .filter(entry -> entry.name().equals(own) || entry.aliases().contains(own))
                .findFirst();
    }

    /**
     * The model with a name or alias, or the only one whose name begins so.
     *
     * @throws CatalogueException.Unknown if there is none or more than one; the message lists them
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
        throw new CatalogueException.Unknown(
                "%s model is called %s; the catalogue has %s"
                        .formatted(
                                begun.isEmpty() ? "no" : "more than one",
                                name,
                                names(begun.isEmpty() ? entries : begun)));
    }

    private static String names(List<ModelEntry> entries) {
        return entries.stream().map(ModelEntry::name).collect(Collectors.joining(", "));
    }

    /** The model's first file, if this machine may load it; never uses the network. */
    public Optional<Path> cached(ModelEntry entry) {
        return switch (state(entry)) {
            case ModelState.Verified(var file) -> Optional.of(file);
            case ModelState.Accepted(var file) -> Optional.of(file);
            case ModelState.Absent _, ModelState.Unverified _, ModelState.Damaged _ ->
                    Optional.empty();
        };
    }

    /**
     * The model's first file, which this machine has.
     *
     * @throws CatalogueException if it has not, or must not load it; the message says what to do
     */
    public Path present(ModelEntry entry) {
        var pull = "outrider models pull " + entry.name();
        return switch (state(entry)) {
            case ModelState.Verified(var file) -> file;
            case ModelState.Accepted(var file) -> file;
            case ModelState.Absent() ->
                    throw new CatalogueException(
                            "%s is not on this machine: %s".formatted(entry.name(), pull));
            case ModelState.Unverified(var file) -> throw unverified(entry);
            case ModelState.Damaged(var file, var reason) ->
                    throw new CatalogueException(
                            "%s is damaged, %s: %s replaces it".formatted(file, reason, pull));
        };
    }

    private static CatalogueException unverified(ModelEntry entry) {
        return new CatalogueException(
                "the catalogue knows no checksum of %s, so nobody can tell a forgery from it: outrider models pull %s --unverified takes it all the same"
                        .formatted(entry.name(), entry.name()));
    }

    /** The folder that holds, or will hold, the model's files under their names. */
    public Path folder(ModelEntry entry) {
        return stored(entry).folder();
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
        return onDisk(
                entry,
                "remove",
                model -> {
                    if (Files.isDirectory(unfinished(entry))) {
                        CacheFolder.delete(unfinished(entry));
                    }
                    return model.remove();
                });
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
     * The model's first file, all of them fetched first if this machine does not have them.
     *
     * @throws CatalogueException if no place has them, the disk is too full, a checksum differs or
     *     is not known
     */
    public Path fetch(ModelEntry entry, Progress progress) {
        var cached = cached(entry);
        if (cached.isPresent()) {
            return cached.get();
        }
        if (!entry.hasChecksums()) {
            throw unverified(entry);
        }
        fetchAnew(entry, progress);
        return present(entry);
    }

    /**
     * The same for somebody who said that files without a known checksum are to be taken; the
     * others are still checked.
     *
     * @throws CatalogueException if no place has them, the disk is too full, or a checksum differs
     */
    public Path fetchUnverified(ModelEntry entry, Progress progress) {
        var cached = cached(entry);
        if (cached.isPresent()) {
            return cached.get();
        }
        fetchAnew(entry, progress);
        onDisk(entry, "accept", StoredModel::accept);
        return present(entry);
    }

    /**
     * The entry with another place for its files.
     *
     * @param from an HTTP address of the file, or, ending in a slash, of a folder of all files; a
     *     folder here; or a file here
     * @throws CatalogueException if it is none of these
     */
    public static ModelEntry from(ModelEntry entry, String from) {
        if (from.startsWith("http://") || from.startsWith("https://")) {
            return entry.from(file -> web(entry, file, from));
        }
        var path = Path.of(from).toAbsolutePath();
        if (Files.isDirectory(path)) {
            return entry.from(file -> new Place.Folder(path));
        }
        var name = entry.files().getFirst().name();
        if (entry.files().size() == 1 && Files.isRegularFile(path) && path.endsWith(name)) {
            return entry.from(file -> new Place.Folder(path.resolveSibling("")));
        }
        throw new CatalogueException(
                "%s is neither an HTTP address, nor a folder with %s, nor that file"
                        .formatted(from, name));
    }

    private static Place web(ModelEntry entry, ModelFile file, String from) {
        try {
            if (from.endsWith("/")) {
                return new Place.Web(URI.create(from + file.name()));
            }
            if (entry.files().size() == 1) {
                return new Place.Web(URI.create(from));
            }
        } catch (IllegalArgumentException e) {
            throw new CatalogueException("not an HTTP address: " + from, e);
        }
        throw new CatalogueException(
                "%s has %d files: name their folder, with a slash at the end of %s"
                        .formatted(entry.name(), entry.files().size(), from));
    }

    private void fetchAnew(ModelEntry entry, Progress progress) {
        var stored = stored(entry);
        var lock =
                LOCKS.computeIfAbsent(stored.folder().toAbsolutePath(), k -> new ReentrantLock());
        lock.lock();
        try (var channel = lockFile(entry);
                var _ = channel.lock()) {
            var pull = new Pull(stored, unfinished(entry), client, web, progress);
            checkSpace(entry, pull.missingBytes());
            pull.run();
        } catch (IOException e) {
            throw new CatalogueException(
                    "could not store %s under %s: %s"
                            .formatted(entry.name(), cache.root(), e.getMessage()),
                    e);
        } finally {
            lock.unlock();
        }
    }

    /** Locked while a process fetches, so that another one waits and then finds the files. */
    private FileChannel lockFile(ModelEntry entry) throws IOException {
        var file = unfinished(entry).resolveSibling(entry.name() + ".lock");
        Files.createDirectories(file.getParent());
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private void checkSpace(ModelEntry entry, long needed) throws IOException {
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

    private Path unfinished(ModelEntry entry) {
        return cache.root().resolve("unfinished").resolve(entry.name());
    }
}
