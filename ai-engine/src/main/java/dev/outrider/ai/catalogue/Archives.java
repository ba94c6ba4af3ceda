package dev.outrider.ai.catalogue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads registry packages: {@code .tgz} of npm, {@code .whl} of pip, {@code .jar} of Maven. */
public final class Archives {
    /** Takes one file of an archive; must not close the content. */
    @FunctionalInterface
    public interface Visitor {
        void file(String name, InputStream content) throws IOException;
    }

    private Archives() {}

    /** Shows every file of the archive to the visitor, in the archive's order. */
    public static void visit(Path archive, Visitor visitor) throws IOException {
        var name = archive.getFileName().toString();
        try (var raw = new BufferedInputStream(Files.newInputStream(archive))) {
            if (name.endsWith(".whl") || name.endsWith(".jar") || name.endsWith(".zip")) {
                visitZip(raw, visitor);
            } else if (name.endsWith(".tgz") || name.endsWith(".tar.gz")) {
                visitTar(raw, visitor);
            } else {
                throw new IOException("neither a wheel nor a tarball: " + name);
            }
        }
    }

    private static void visitZip(InputStream raw, Visitor visitor) throws IOException {
        var zip = new ZipInputStream(raw);
        for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (!entry.isDirectory()) {
                visitor.file(entry.getName(), zip);
            }
        }
    }

    private static void visitTar(InputStream raw, Visitor visitor) throws IOException {
        var tar = new TarArchiveInputStream(new GZIPInputStream(raw));
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            if (entry.isFile()) {
                visitor.file(entry.getName(), tar);
            }
        }
    }
}
