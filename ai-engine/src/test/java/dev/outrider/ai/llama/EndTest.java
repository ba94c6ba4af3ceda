package dev.outrider.ai.llama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TinyModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** A process that ends while a model computes ends as it was told to, not by a fault. */
final class EndTest {
    @TempDir Path folder;

    /** Ends in the middle of an answer. */
    static final class Exit {
        private Exit() {}

        public static void main(String[] arguments) throws Exception {
            var options = LlamaOptions.defaults().withContextTokens(2048).withThreads(1);
            var model = LlamaModels.load(Path.of(arguments[0]), options);
            var stream = model.newPredictor().predict(GenerationRequest.of("go on", 1900));
            stream.next();
            System.exit(7);
        }
    }

    @RepeatedTest(3)
    void endsAsToldWhileAModelComputes() throws Exception {
        Natives.assumeLlama();
        var file = new TinyModel(8, 256, 1024, 2048, 1).write(folder.resolve("slow.gguf"));
        var command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:ErrorFile=" + folder.resolve("fault.log"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Exit.class.getName(),
                        file.toString());

        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).as(said).isEqualTo(7);
        assertThat(folder.resolve("fault.log")).doesNotExist();
    }
}
