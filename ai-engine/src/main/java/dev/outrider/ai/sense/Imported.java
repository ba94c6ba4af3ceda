package dev.outrider.ai.sense;

import dev.outrider.ai.catalogue.Checksums;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.UnaryOperator;

/** A model file made once of another one, kept beside it with its checksum. */
final class Imported {
    private Imported() {}

    /**
     * The file, made first if it is missing, damaged, or of another source.
     *
     * @param ending put behind the source's name
     */
    static Path of(Path source, String ending, UnaryOperator<byte[]> making) {
        var target = source.resolveSibling(source.getFileName() + ending);
        var note = source.resolveSibling(source.getFileName() + ending + ".sha256");
        try {
            var origin =
                    "%d %d "
                            .formatted(
                                    Files.size(source),
                                    Files.getLastModifiedTime(source).toMillis());
            if (Files.isRegularFile(target)
                    && Files.isRegularFile(note)
                    && Files.readString(note).equals(origin + Checksums.sha256(target))) {
                return target;
            }
            replace(target, making.apply(Files.readAllBytes(source)));
            replace(note, (origin + Checksums.sha256(target)).getBytes(StandardCharsets.UTF_8));
            return target;
        } catch (IOException e) {
            throw new SenseException("cannot import %s: %s".formatted(source, e), e);
        }
    }

    private static void replace(Path target, byte[] bytes) throws IOException {
        var work = Files.createTempFile(target.getParent(), "import", "");
        Files.write(work, bytes);
        Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
