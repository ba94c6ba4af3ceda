package dev.outrider.hal.health;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads the small text files the kernel keeps its figures in. A file that is missing, refuses to be
 * read (sensors do while they sleep) or holds something else is an unknown figure.
 */
final class KernelFiles {

    private static final int LONGEST = 65_536;

    private final Path root;

    KernelFiles(Path root) {
        this.root = root;
    }

    Optional<String> text(String path) {
        return text(root.resolve(path));
    }

    static Optional<String> text(Path file) {
        try {
            return Optional.of(read(file).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** No file of the kernel's that holds figures is longer than this; what is, is cut. */
    private static String read(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return new String(stream.readNBytes(LONGEST), StandardCharsets.UTF_8);
        }
    }

    OptionalDouble number(String path) {
        return number(root.resolve(path));
    }

    static OptionalDouble number(Path file) {
        Optional<String> text = text(file);
        return text.isPresent() ? parse(text.get()) : OptionalDouble.empty();
    }

    static OptionalDouble parse(String text) {
        try {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** The entries of a folder whose names match, sorted; none if there is no such folder. */
    List<Path> entries(String folder, String glob) {
        return entries(root.resolve(folder), glob);
    }

    static List<Path> entries(Path folder, String glob) {
        var entries = new ArrayList<Path>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, glob)) {
            stream.forEach(entries::add);
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        entries.sort(null);
        return entries;
    }
}
