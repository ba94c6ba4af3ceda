package dev.outrider.ai.natives;

import dev.outrider.ai.catalogue.CacheFolder;
import dev.outrider.ai.catalogue.Checksums;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Finds the folder with a library's files, unpacking the bundled ones when they are wanted. */
public final class NativeLibraries {
    private final CacheFolder cache;
    private final ClassLoader jar;

    public NativeLibraries(CacheFolder cache) {
        this(cache, NativeLibraries.class.getClassLoader());
    }

    NativeLibraries(CacheFolder cache, ClassLoader jar) {
        this.cache = cache;
        this.jar = jar;
    }

    /** A folder with the files, or why there is none. */
    public sealed interface Place {
        record Folder(Path path) implements Place {}

        record None(String reason) implements Place {}
    }

    /** The bundled files of a library for this machine, unpacked and verified. */
    public Place unpacked(String library) {
        return switch (Platform.current()) {
            case Platform.Unsupported(var reason) -> new Place.None(reason);
            case Platform.Supported(var platform) -> unpacked(library, platform);
        };
    }

    Place unpacked(String library, String platform) {
        var source = "META-INF/outrider/%s/%s/".formatted(library, platform);
        try (var index = jar.getResourceAsStream(source + NativeIndex.NAME)) {
            if (index == null) {
                return new Place.None(
                        "this jar was built without %s for %s: build it again where npm and pip can reach a registry"
                                .formatted(library, platform));
            }
            var text = new String(index.readAllBytes(), StandardCharsets.UTF_8);
            return new Place.Folder(unpack(source, NativeIndex.parse(text), library, platform));
        } catch (IOException e) {
            return new Place.None(
                    "%s could not be unpacked under %s: %s".formatted(library, cache.root(), e));
        }
    }

    private Path unpack(String source, NativeIndex index, String library, String platform)
            throws IOException {
        var version = index.version().replaceAll("[^A-Za-z0-9.]+", "-");
        var folder = cache.root().resolve("natives").resolve(library).resolve(platform + version);
        if (intact(folder, index)) {
            return folder;
        }
        var work = cache.work();
        for (String file : index.sha256ByFile().keySet()) {
            try (var content = open(source + file)) {
                Files.copy(content, work.resolve(file));
            }
        }
        if (!intact(work, index)) {
            throw new IOException("the jar's own files differ from their checksums");
        }
        return adopt(work, folder, index);
    }

    /** Another process may have put the same folder there meanwhile: then theirs is as good. */
    private static Path adopt(Path work, Path folder, NativeIndex index) throws IOException {
        Files.createDirectories(folder.getParent());
        try {
            Files.move(work, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (intact(folder, index)) {
                CacheFolder.delete(work);
                return folder;
            }
            return replace(work, folder);
        }
        return folder;
    }

    private static Path replace(Path work, Path damaged) throws IOException {
        var aside = damaged.resolveSibling(work.getFileName() + ".damaged");
        Files.move(damaged, aside, StandardCopyOption.ATOMIC_MOVE);
        Files.move(work, damaged, StandardCopyOption.ATOMIC_MOVE);
        CacheFolder.delete(aside);
        return damaged;
    }

    private static boolean intact(Path folder, NativeIndex index) throws IOException {
        for (var file : index.sha256ByFile().entrySet()) {
            var path = folder.resolve(file.getKey());
            if (!Files.isRegularFile(path) || !Checksums.sha256(path).equals(file.getValue())) {
                return false;
            }
        }
        return true;
    }

    private InputStream open(String resource) throws IOException {
        var content = jar.getResourceAsStream(resource);
        if (content == null) {
            throw new FileNotFoundException(resource);
        }
        return content;
    }
}
