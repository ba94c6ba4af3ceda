package dev.outrider.ai.natives;

import dev.outrider.ai.catalogue.Archives;
import dev.outrider.ai.catalogue.CacheFolder;
import dev.outrider.ai.catalogue.CatalogueException;
import dev.outrider.ai.catalogue.Checksums;
import dev.outrider.ai.catalogue.PackageClient;
import java.io.IOException;
import java.nio.file.Files;
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

    /** Packs one package unless its files are already there. */
    void pack(NativePackage natives, Path classes) throws IOException {
        var folder = classes.resolve(natives.folder());
        if (NativeIndex.packed(folder, natives)) {
            return;
        }
        Files.createDirectories(folder);
        extract(natives, archive(natives), folder);
        NativeIndex.write(folder, natives);
    }

    /** The package's archive, which is kept: clean builds are many, and some are offline. */
    private Path archive(NativePackage natives) throws IOException {
        var name = natives.reference().toString().replaceAll("[^A-Za-z0-9.]+", "-");
        var kept = cache.root().resolve("packages").resolve(name);
        if (Files.isDirectory(kept)) {
            var archive = only(kept);
            if (archive.isPresent()
                    && checksum(natives, archive.get()).equals(natives.checksum())) {
                return archive.get();
            }
            CacheFolder.delete(kept);
        }
        var work = cache.work();
        try {
            check(natives, client.download(natives.reference(), work));
            Files.createDirectories(kept.getParent());
            Files.move(work, kept, StandardCopyOption.ATOMIC_MOVE);
            return only(kept).orElseThrow();
        } finally {
            if (Files.exists(work)) {
                CacheFolder.delete(work);
            }
        }
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
                        Files.deleteIfExists(file);
                        Files.copy(content, file);
                    }
                });
    }
}
