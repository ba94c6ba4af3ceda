package dev.outrider.sense;

import dev.outrider.ai.sense.SenseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A folder that stands for a device. */
final class Folder {

    private Folder() {}

    /**
     * Its files with one of these endings, by name.
     *
     * @throws SenseException if it cannot be listed, as if the device were unplugged
     */
    static List<Path> files(Path folder, String... endings) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(f -> List.of(endings).contains(ending(f)))
                    .sorted(Comparator.comparing(Folder::name))
                    .toList();
        } catch (IOException e) {
            throw new SenseException("the folder %s is gone: %s".formatted(folder, e), e);
        }
    }

    static String name(Path file) {
        return file.getFileName().toString();
    }

    private static String ending(Path file) {
        String name = name(file);
        return name.startsWith(".")
                ? ""
                : name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
