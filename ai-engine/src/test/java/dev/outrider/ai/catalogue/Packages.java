package dev.outrider.ai.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A registry in memory: packages of one file each. */
final class Packages implements PackageClient {
    private final Map<PackageRef, Map<String, byte[]>> contents = new HashMap<>();
    private final List<PackageRef> downloads = new ArrayList<>();

    Packages with(PackageRef reference, String member, byte[] content) {
        contents.computeIfAbsent(reference, key -> new HashMap<>(Map.of("README", new byte[] {1})))
                .put(member, content);
        return this;
    }

    List<PackageRef> downloads() {
        return downloads;
    }

    @Override
    public synchronized Path download(PackageRef reference, Path folder) {
        downloads.add(reference);
        var files = contents.get(reference);
        if (files == null) {
            throw new CatalogueException("no such package: " + reference);
        }
        try {
            return switch (reference.client()) {
                case PIP -> wheel(files, folder.resolve("package.whl"));
                case MAVEN -> wheel(files, folder.resolve("package.jar"));
                case NPM -> tarball(files, folder.resolve("package.tgz"));
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path wheel(Map<String, byte[]> files, Path archive) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return archive;
    }

    private static Path tarball(Map<String, byte[]> files, Path archive) throws IOException {
        try (var out = Files.newOutputStream(archive);
                var tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
            for (var file : files.entrySet()) {
                var entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return archive;
    }
}
