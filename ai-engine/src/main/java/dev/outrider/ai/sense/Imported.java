package dev.outrider.ai.sense;

import dev.outrider.ai.catalogue.Checksums;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** A model file made once of another one, kept beside it with its checksum. */
final class Imported {
    /** Goes up when importers make something else of the same file. */
    private static final int VERSION = 2;

    private static final String AS_IT_IS = "as it is";

    private Imported() {}

    /**
     * The file, made first if it is missing, damaged, or of another source.
     *
     * @param ending put behind the source's name
     * @param making gives what the importer makes of a file; the same bytes if they will do
     */
    static Path of(Path source, String ending, UnaryOperator<byte[]> making) {
        var target = source.resolveSibling(source.getFileName() + ending);
        var note = source.resolveSibling(source.getFileName() + ending + ".sha256");
        try {
            var origin =
                    "%d %d %d "
                            .formatted(
                                    VERSION,
                                    Files.size(source),
                                    Files.getLastModifiedTime(source).toMillis());
            var noted = Files.isRegularFile(note) ? Files.readString(note) : "";
            if (noted.equals(origin + AS_IT_IS)) {
                return source;
            }
            if (Files.isRegularFile(target) && noted.equals(origin + Checksums.sha256(target))) {
                return target;
            }
            var bytes = Files.readAllBytes(source);
            var made = making.apply(bytes);
            if (Arrays.equals(made, bytes)) {
                replace(note, (origin + AS_IT_IS).getBytes(StandardCharsets.UTF_8));
                return source;
            }
            replace(target, made);
            replace(note, (origin + Checksums.sha256(target)).getBytes(StandardCharsets.UTF_8));
            return target;
        } catch (IOException e) {
            throw new SenseException("cannot import %s: %s".formatted(source, e), e);
        } catch (SenseException e) {
            throw new SenseException("cannot import %s: %s".formatted(source, e.getMessage()), e);
        }
    }

    private static void replace(Path target, byte[] bytes) throws IOException {
        var work = Files.createTempFile(target.getParent(), "import", "");
        Files.write(work, bytes);
        Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
