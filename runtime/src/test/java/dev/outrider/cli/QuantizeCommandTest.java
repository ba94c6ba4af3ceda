package dev.outrider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.ai.gguf.GgufFile;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantizeCommandTest {

    @TempDir Path folder;
    private Path in;
    private Path out;

    @BeforeEach
    void write() throws IOException {
        in = TinyModel.standard().write(folder.resolve("tiny.gguf"));
        out = folder.resolve("small.gguf");
    }

    @Test
    void writesASmallerModelAndSaysHowMuch() throws IOException {
        Natives.assumeLlama();

        Typed typed = type("Q8_0", "--json");

        assertThat(typed.exit()).as(typed.err()).isZero();
        assertThat(GgufFile.read(out).tensors()).isNotEmpty();
        assertThat(Files.size(out)).isLessThan(Files.size(in) / 2);
        assertThat(typed.out()).contains("\"type\":\"Q8_0\"", "\"bytes\":" + Files.size(out));
    }

    @Test
    void replacesAFileOnlyWhenForced() throws IOException {
        Files.writeString(out, "precious");

        Typed typed = type("Q8_0");

        assertThat(typed.exit()).isEqualTo(1);
        assertThat(typed.err())
                .isEqualToIgnoringNewLines("outrider: " + out + " exists; --force replaces it");
        assertThat(out).hasContent("precious");
        Natives.assumeLlama();
        assertThat(type("Q8_0", "--force").exit()).isZero();
        assertThat(GgufFile.read(out).tensors()).isNotEmpty();
    }

    @Test
    void listsTheTypesThereAre() {
        Typed typed = type("Q9");

        assertThat(typed.exit()).isEqualTo(2);
        assertThat(typed.err()).contains("no quantization Q9", "Q4_K_M");
    }

    @Test
    void saysThatThereIsNoSuchFile() throws IOException {
        Files.delete(in);

        assertThat(type("Q8_0").err()).contains("there is no model file " + in).hasLineCount(1);
    }

    private Typed type(String quantization, String... options) {
        String[] arguments = new String[3 + options.length];
        arguments[0] = in.toString();
        arguments[1] = out.toString();
        arguments[2] = quantization;
        System.arraycopy(options, 0, arguments, 3, options.length);
        return Typed.into(new QuantizeCommand(), arguments);
    }
}
