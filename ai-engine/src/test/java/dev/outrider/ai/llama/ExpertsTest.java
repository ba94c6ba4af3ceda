package dev.outrider.ai.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.ai.llama.foreign.NativeLog;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.SyntheticModel;
import dev.outrider.ai.testing.SyntheticModel.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the library says it did about {@code n_cpu_moe}. Without a GPU everything is in main memory
 * anyway, but the library still says for which tensors it was told so.
 */
final class ExpertsTest {
    private static final Pattern KEPT =
            Pattern.compile("tensor (\\S+) \\(.*\\) buffer type overridden to CPU");
    private static final LlamaOptions OPTIONS =
            LlamaOptions.defaults().withContextTokens(256).withThreads(1);

    @TempDir Path folder;

    @BeforeEach
    void needsTheLibrary() {
        Natives.assumeLlama();
    }

    @ParameterizedTest
    @CsvSource({
        "MIXTRAL, 0, 0",
        "MIXTRAL, 1, 1",
        "MIXTRAL, -1, 2",
        "QWEN2MOE, 1, 1",
        "QWEN2MOE, 2, 2",
        "QWEN2MOE, 1024, 2",
        "LLAMA, -1, 0"
    })
    void keepsTheExpertsOfTheFirstLayersInMainMemory(Kind kind, int asked, int layers)
            throws Exception {
        var file = SyntheticModel.small(kind).write(folder.resolve("model.gguf"));

        assertThat(kept(file, OPTIONS.withExpertLayersOnCpu(asked)))
                .hasSize(3 * layers)
                .allMatch(name -> name.matches("blk\\.\\d\\.ffn_(gate|up|down)_exps\\.weight"))
                .noneMatch(name -> name.startsWith("blk." + layers));
    }

    @Test
    void answersTheSameWhereverTheExpertsAre() throws Exception {
        var file = SyntheticModel.small(Kind.MIXTRAL).write(folder.resolve("model.gguf"));

        assertThat(text(file, OPTIONS.withExpertLayersOnCpu(LlamaOptions.ALL_LAYERS)))
                .isEqualTo(text(file, OPTIONS));
    }

    private static List<String> kept(Path file, LlamaOptions options) throws IOException {
        try (var log = new NativeLog();
                var model = LlamaModels.load(file, options)) {
            assertThat(model.getName()).isNotNull();
            return KEPT.matcher(log.text()).results().map(ExpertsTest::name).toList();
        }
    }

    private static String name(MatchResult found) {
        return found.group(1);
    }

    private static String text(Path file, LlamaOptions options) throws Exception {
        return Answers.of(file, options, GenerationRequest.of("the robot", 20));
    }
}
