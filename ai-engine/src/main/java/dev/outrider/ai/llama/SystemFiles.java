package dev.outrider.ai.llama;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Linux's files of text, such as proc(5). One that is missing or unreadable is empty.
 *
 * @param root of the file system
 */
public record SystemFiles(Path root) {
    /** The number behind a name, in a file of such lines. */
    public Optional<Long> field(String file, String name) {
        return lines(file).stream()
                .map(line -> line.split("\\s+", -1))
                .filter(words -> words.length > 1 && words[0].equals(name))
                .findFirst()
                .flatMap(words -> number(words[1]));
    }

    /** The number in a line, counted from 0. */
    public Optional<Long> number(String file, int line) {
        var lines = lines(file);
        return lines.size() > line ? number(lines.get(line)) : Optional.empty();
    }

    /** Empty for {@code max}, which is no limit. */
    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** All of them, without their ends. */
    public List<String> lines(String file) {
        try {
            return Files.readAllLines(root.resolve(file));
        } catch (IOException e) {
            return List.of(); // not there on this kernel, or not for us to read: unknown
        }
    }
}
