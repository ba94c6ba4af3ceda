package dev.outrider.ai.natives;

import dev.outrider.ai.catalogue.Archives;
import dev.outrider.ai.catalogue.CacheFolder;
import dev.outrider.ai.catalogue.CatalogueException;
import dev.outrider.ai.catalogue.Checksums;
import dev.outrider.ai.catalogue.PackageClient;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Run by the build: puts the native libraries into the jar. A build machine without the package
 * client or without a network still gets a jar, with a warning; the engine then says at run time
 * what is missing.
 */
public final class NativePacker {
    private final PackageClient client;
    private final CacheFolder cache;

    NativePacker(PackageClient client, CacheFolder cache) {
        this.client = client;
        this.cache = cache;
    }

    /** Takes one argument, the folder of compiled classes. */
    public static void main(String[] arguments) throws IOException {
        var packer = new NativePacker(PackageClient.commandLine(), CacheFolder.standard());
        var all = Stream.of(NativePackage.LLAMA, NativePackage.OPENVINO).flatMap(List::stream);
        for (NativePackage natives : all.toList()) {
            try {
                packer.pack(natives, Path.of(arguments[0]));
            } catch (CatalogueException e) {
                System.err.printf(
                        "[WARNING] %s: the jar is built without %s for %s; models that need it will not load. %s%n",
                        natives.reference(), natives.library(), natives.platform(), e.getMessage());
            }
        }
    }

    /** Packs one package unless its files are already there, whole or not at all. */
    void pack(NativePackage natives, Path classes) throws IOException {
        var folder = classes.resolve(natives.folder());
        if (NativeIndex.packed(folder, natives)) {
            return;
        }
        var archive = archive(natives);
        Files.createDirectories(folder.getParent());
        var beside = classes.toAbsolutePath().getParent();
        var work = Files.createTempDirectory(beside, "natives-");
        try {
            var unpacked = Files.createDirectory(work.resolve("unpacked"));
            extract(natives, archive, unpacked);
            NativeIndex.write(unpacked, natives);
            place(unpacked, folder, () -> NativeIndex.packed(folder, natives));
        } finally {
            CacheFolder.delete(work);
        }
    }

    /** The package's archive, which is kept: clean builds are many, and some are offline. */
    private Path archive(NativePackage natives) throws IOException {
        var name = natives.reference().toString().replaceAll("[^A-Za-z0-9.]+", "-");
        var kept = cache.root().resolve("packages").resolve(name);
        if (!sound(natives, kept)) {
            var work = cache.work();
            try {
                var fetched = Files.createDirectory(work.resolve("fetched"));
                check(natives, client.download(natives.reference(), fetched));
                Files.createDirectories(kept.getParent());
                place(fetched, kept, () -> sound(natives, kept));
            } finally {
                CacheFolder.delete(work);
            }
        }
        return only(kept).orElseThrow();
    }

    /** Whether a place already has what belongs there. */
    private interface Sound {
        boolean there() throws IOException;
    }

    /**
     * Moves a folder that is complete to where it belongs. Another build may do the same at the
     * same time: whoever is first is kept, and what is there and not sound gives way.
     */
    private static void place(Path complete, Path folder, Sound sound) throws IOException {
        while (!moved(complete, folder)) {
            if (sound.there()) {
                return;
            }
            putAside(folder, complete.resolveSibling("aside"));
        }
    }

    private static void putAside(Path folder, Path aside) throws IOException {
        try {
            Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            return; // another build did
        }
        CacheFolder.delete(aside);
    }

    /** False if something is there already. */
    private static boolean moved(Path complete, Path folder) throws IOException {
        try {
            Files.move(complete, folder, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException e) {
            throw e;
        } catch (FileSystemException e) {
            if (Files.exists(folder)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean sound(NativePackage natives, Path kept) throws IOException {
        if (!Files.isDirectory(kept)) {
            return false;
        }
        var archive = only(kept);
        return archive.isPresent() && checksum(natives, archive.get()).equals(natives.checksum());
    }

    private static Optional<Path> only(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findFirst();
        }
    }

    private static String checksum(NativePackage natives, Path archive) throws IOException {
        return switch (natives.reference().client()) {
            case NPM -> Checksums.sha512(archive);
            case PIP, MAVEN -> Checksums.sha256(archive);
        };
    }

    private static void check(NativePackage natives, Path archive) throws IOException {
        var actual = checksum(natives, archive);
        if (!actual.equals(natives.checksum())) {
            throw new CatalogueException(
                    "%s: fetched package has checksum %s instead of %s and was removed"
                            .formatted(natives.reference(), actual, natives.checksum()));
        }
    }

    private static void extract(NativePackage natives, Path archive, Path folder)
            throws IOException {
        Archives.visit(
                archive,
                (name, content) -> {
                    if (natives.needed().matcher(name).matches()) {
                        var file = folder.resolve(name.substring(name.lastIndexOf('/') + 1));
                        Files.copy(content, file);
                    }
                });
    }
}
