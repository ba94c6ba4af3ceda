package dev.outrider.ai.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TinyModel;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same answers on every kind of processor; recorded on x86-64. */
final class EveryProcessorTest {
    private static final LlamaOptions OPTIONS =
            LlamaOptions.defaults().withContextTokens(256).withThreads(1);

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "1, 'Rpav6kis\ufffd gvqxizgjkRag xex kwlfn tyo htph fkihv pvv'",
        "2, '$ygfcp shkvzv dkjm\ufffd bwphhfhdbn duhch tjzfxdtxjkqj xt nqlwkxjkqj'",
        "3, ' xrws\ufffd snygt xjynpmk fkihv nmo wjtsv jmzf6\ufffdW ehb fh\ufffdhjnqg'"
    })
    void saysTheSameNonsense(int seed, String expected) throws Exception {
        Natives.assumeLlama();
        var file = TinyModel.standard().withSeed(seed).write(folder.resolve("tiny.gguf"));

        assertThat(Answers.of(file, OPTIONS, GenerationRequest.of("the robot", 16)))
                .isEqualTo(expected);
    }

    @Test
    @Tag("real-model")
    void saysTheSameSense() throws Exception {
        var file = Natives.assumeModel("smollm2-135m-instruct");
        var request = GenerationRequest.of("The capital of France is", 16);

        assertThat(Answers.of(file, OPTIONS, request))
                .isEqualTo(" Paris.\n\nThe United States has a population of approximately 311");
    }
}
