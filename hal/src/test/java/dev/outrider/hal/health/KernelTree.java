package dev.outrider.hal.health;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The kernel's files of a machine, laid out under a folder. A {@code .tree} file has a line for
 * each file, its path and its content with {@code \n} and {@code \t} written out, with a bar
 * between.
 */
record KernelTree(Path root) {

    KernelTree of(String machine) {
        try (InputStream stream =
                Objects.requireNonNull(KernelTree.class.getResourceAsStream(machine + ".tree"))) {
            new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\\|", 2))
                    .forEach(file -> file(file[0], file[1]));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    KernelTree file(String path, String text) {
        Path file = root.resolve(path);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.replace("\\n", "\n").replace("\\t", "\t") + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }
}
