package dev.outrider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.ai.catalogue.CacheFolder;
import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TinyModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatCommandTest {

    @TempDir Path folder;

    @Test
    void answersEveryLineAndSaysHowFast() throws IOException {
        Typed typed =
                chat("hello\n\n/new\nhow are you\n", "--context", "512", "--temperature", "0");

        assertThat(typed.exit()).as(typed.err()).isZero();
        assertThat(typed.out()).isNotBlank();
        assertThat(typed.err().lines().filter(line -> line.contains("tokens/s"))).hasSize(2);
        assertThat(typed.err()).contains("tiny.gguf, context 512 tokens, 1 thread");
    }

    @Test
    void endsAtQuit() throws IOException {
        Typed typed = chat("/quit\nhello\n", "--context", "256");

        assertThat(typed.exit()).isZero();
        assertThat(typed.out()).isEmpty();
    }

    @Test
    void goesOnAfterAMessageThatIsTooLongAndSaysSoWithItsExitCode() throws IOException {
        Typed typed = chat("!".repeat(400) + "\n/new\nhello\n", "--context", "256");

        assertThat(typed.exit()).isEqualTo(1);
        assertThat(typed.err())
                .contains("outrider: the prompt has", "the context only 256", "tokens/s");
    }

    @Test
    void takesWhatTheModelWasTrainedForUnlessToldOtherwise() throws IOException {
        assertThat(chat("/quit\n").err()).contains("context 2048 tokens");
        assertThat(chat("/quit\n", "--context", "4096").err())
                .startsWith("outrider: a context of 4096 tokens was asked for")
                .contains("trained for 2048");
    }

    @Test
    void callsAnImpossibleOptionWrongUsage() throws IOException {
        assertThat(chat("", "--context", "1").exit()).isEqualTo(2);
        assertThat(chat("", "--temperature", "-1").exit()).isEqualTo(2);
    }

    @Test
    void saysWhatToDoWhereThereIsNoModel() {
        assertThat(type("", "--model", "/nowhere/model.gguf").err())
                .isEqualToIgnoringNewLines("outrider: there is no model file /nowhere/model.gguf");
        assertThat(type("").err()).contains("outrider models pull smollm2");
    }

    @Test
    void refusesAFileThatIsNoModelInOneLine() throws IOException {
        Path text = Files.writeString(folder.resolve("text.gguf"), "hello");

        Typed typed = type("", "--model", text.toString());

        assertThat(typed.exit()).isEqualTo(1);
        assertThat(typed.err()).contains("text.gguf is not a usable GGUF file").hasLineCount(1);
    }

    private Typed chat(String typed, String... options) throws IOException {
        Natives.assumeLlama();
        Path model = TinyModel.standard().write(folder.resolve("tiny.gguf"));
        String[] all =
                Stream.concat(
                                Stream.of("--model", model.toString(), "--threads", "1"),
                                Stream.of(options))
                        .toArray(String[]::new);
        return type(typed, all);
    }

    private Typed type(String typed, String... arguments) {
        ModelCatalogue catalogue = ModelCatalogue.standard(new CacheFolder(folder));
        BufferedReader in = new BufferedReader(new StringReader(typed));
        return Typed.into(new ChatCommand(catalogue, in, false), arguments);
    }
}
