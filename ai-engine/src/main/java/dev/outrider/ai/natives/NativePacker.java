package dev.outrider.ai.natives;

import dev.outrider.ai.catalogue.Archives;
import dev.outrider.ai.catalogue.CacheFolder;
import dev.outrider.ai.catalogue.CatalogueException;
import dev.outrider.ai.catalogue.Checksums;
import dev.outrider.ai.catalogue.PackageClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Run by the build: puts the native libraries into the jar. A build machine without the package
 * client or without a network still gets a jar, with a warning; the engine then says at run time
 * what is missing.
 */
public final class NativePacker {
    private final PackageClient client;

    NativePacker(PackageClient client) {
        this.client = client;
    }

    /** Takes one argument, the folder of compiled classes. */
    public static void main(String[] arguments) throws IOException {
        var packer = new NativePacker(PackageClient.commandLine());
        for (NativePackage natives : NativePackage.LLAMA) {
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
        var work = Files.createTempDirectory(folder.getParent(), "fetch");
        try {
            var archive = client.download(natives.reference(), work);
            check(natives, archive);
            extract(natives, archive, folder);
        } finally {
            CacheFolder.delete(work);
        }
        NativeIndex.write(folder, natives);
    }

    private static void check(NativePackage natives, Path archive) throws IOException {
        var actual = Checksums.sha512(archive);
        if (!actual.equals(natives.sha512())) {
            throw new CatalogueException(
                    "%s: fetched package has SHA-512 %s instead of %s and was removed"
                            .formatted(natives.reference(), actual, natives.sha512()));
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
