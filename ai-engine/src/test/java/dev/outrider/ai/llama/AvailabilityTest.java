package dev.outrider.ai.llama;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.ai.testing.Natives;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process loads the library once, so each case asks a process of its own. */
final class AvailabilityTest {
    @TempDir Path folder;

    /** Says what {@link Llama#availability} is. */
    static final class Ask {
        private Ask() {}

        public static void main(String[] arguments) {
            System.out.println(Llama.availability());
        }
    }

    @BeforeEach
    void copyLibrary() {
        Natives.assumeLlama();
        if (Llama.availability() instanceof Availability.Available(var version, var original)) {
            try (var files = Files.list(original)) {
                files.forEach(file -> copy(file, folder.resolve(file.getFileName())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void loadsTheUsersOwnLibrary() throws Exception {
        assertThat(ask()).isEqualTo("Available[version=0.5.0-dev, folder=%s]".formatted(folder));
    }

    @Test
    void saysThatTheLibraryIsMissing() throws Exception {
        Files.delete(library("libllama"));

        assertThat(ask()).contains("Unavailable").contains("libllama").contains(folder.toString());
    }

    @Test
    void saysThatTheFileIsNoLibrary() throws Exception {
        Files.writeString(library("libggml-base"), "not a library");

        assertThat(ask())
                .contains("Unavailable")
                .contains("libggml-base")
                .contains("could not be loaded");
    }

    @Test
    void refusesALibraryOfAnotherVersion() throws Exception {
        var file = library("libllama.");
        var bytes = new String(Files.readAllBytes(file), ISO_8859_1);
        Files.write(file, bytes.replace("0.5.0-dev", "0.9.0-dev").getBytes(ISO_8859_1));

        assertThat(ask())
                .contains("Unavailable")
                .contains("it is version 0.9.0-dev, version 0.5.0-dev is needed");
    }

    @Test
    void refusesALibraryThatLacksAFunction() throws Exception {
        var file = library("libllama.");
        var bytes = new String(Files.readAllBytes(file), ISO_8859_1);
        var renamed =
                bytes.replace("\0llama_model_default_params\0", "\0llama_model_default_qarams\0");
        Files.write(file, renamed.getBytes(ISO_8859_1));

        assertThat(ask()).contains("Unavailable").contains("llama_model_default_params");
    }

    private Path library(String prefix) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private String ask() throws Exception {
        var command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-D" + Llama.LIBRARY_PATH + "=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Ask.class.getName());
        var process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
        return new String(process.getInputStream().readAllBytes(), ISO_8859_1).strip();
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
