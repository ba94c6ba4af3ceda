package dev.outrider.ai.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.gguf.GgufWriter;
import dev.outrider.ai.gguf.TensorType;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class OptionsTest {
    private static final LlamaOptions SMALL =
            LlamaOptions.defaults().withContextTokens(256).withThreads(1);
    private static final TinyModel WIDE = new TinyModel(2, 128, 1024, 512, 1);

    @TempDir Path folder;

    @Test
    void survivesTheWayThroughDjl() {
        var options =
                SMALL.withSequences(3)
                        .withGpuLayers(7)
                        .withMicroBatchTokens(64)
                        .withExpertLayersOnCpu(2)
                        .withMapped(true)
                        .withDraft(Path.of("/small.gguf"), 3)
                        .withCacheType(CacheType.Q8_0)
                        .withAdapters(List.of(new Adapter(Path.of("/a b/c"), 0.5f)));

        assertThat(LlamaOptions.of(options.toMap())).isEqualTo(options);
        assertThat(LlamaOptions.of(Map.of())).isEqualTo(LlamaOptions.defaults());
    }

    @ParameterizedTest
    @CsvSource({
        "n_ctx, many, must be a whole number",
        "n_ctx, 1, must be 16 to",
        "n_threads, -1, must be 0 to 512",
        "n_seq_max, 0, must be 1 to",
        "n_cpu_moe, -2, must be -1 to 1024",
        "n_cpu_moe, 1025, must be -1 to 1024",
        "n_cpu_moe, 2147483648, must be a whole number",
        "n_cpu_moe, blk.0, must be a whole number",
        "use_mmap, yes, must be true or false",
        "cache_type, q9, must be one of",
        "lora, x, must have lines",
        "speed, 5, unknown option speed"
    })
    void refusesNonsense(String key, String value, String problem) {
        assertThatThrownBy(() -> LlamaOptions.of(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @EnumSource(CacheType.class)
    void answersWithEveryKindOfCache(CacheType type) throws Exception {
        Natives.assumeLlama();
        var file = WIDE.write(folder.resolve("wide.gguf"));

        assertThat(text(file, SMALL.withCacheType(type))).isNotEmpty();
    }

    @Test
    void refusesACacheTheModelsHeadsDoNotFit() throws IOException {
        Natives.assumeLlama();
        var file = TinyModel.standard().write(folder.resolve("tiny.gguf"));

        assertThatThrownBy(() -> LlamaModels.load(file, SMALL.withCacheType(CacheType.Q8_0)))
                .isInstanceOf(LlamaException.class)
                .hasMessageContaining("heads of 16")
                .hasMessageContaining("use F16");
    }

    @Test
    void letsAnAdapterChangeTheAnswerByItsScale() throws Exception {
        Natives.assumeLlama();
        var file = WIDE.write(folder.resolve("wide.gguf"));
        var adapter = adapter("llama");
        var plain = text(file, SMALL);

        assertThat(text(file, SMALL.withAdapters(List.of(new Adapter(adapter, 1)))))
                .isNotEqualTo(plain);
        assertThat(text(file, SMALL.withAdapters(List.of(new Adapter(adapter, 0)))))
                .isEqualTo(plain);
    }

    @Test
    void refusesWhatIsNoAdapterForTheModel() throws IOException {
        Natives.assumeLlama();
        var file = WIDE.write(folder.resolve("wide.gguf"));
        var foreign = adapter("gemma");

        assertThatThrownBy(() ->
                        LlamaModels.load(file, SMALL.withAdapters(List.of(new Adapter(file, 1)))))
                .hasMessageContaining("is no LoRA adapter");
        assertThatThrownBy(() ->
                        LlamaModels.load(
                                file, SMALL.withAdapters(List.of(new Adapter(foreign, 1)))))
                .hasMessageContaining("is an adapter for gemma models");
    }

    private Path adapter(String architecture) throws IOException {
        var random = new Random(5);
        var file = folder.resolve(architecture + "-lora.gguf");
        new GgufWriter()
                .put("general.type", "adapter")
                .put("general.architecture", architecture)
                .put("adapter.type", "lora")
                .put("adapter.lora.alpha", 64f)
                .tensor("blk.1.attn_q.weight.lora_a", TensorType.F32, rows(random, 128), 128, 4)
                .tensor("blk.1.attn_q.weight.lora_b", TensorType.F32, rows(random, 4), 4, 128)
                .tensor("blk.1.ffn_down.weight.lora_a", TensorType.F32, rows(random, 256), 256, 4)
                .tensor("blk.1.ffn_down.weight.lora_b", TensorType.F32, rows(random, 4), 4, 128)
                .write(file);
        return file;
    }

    private static LongFunction<float[]> rows(Random random, int length) {
        return i -> {
            var row = new float[length];
            for (int j = 0; j < length; j++) {
                row[j] = random.nextFloat() - 0.5f;
            }
            return row;
        };
    }

    private static String text(Path file, LlamaOptions options) throws Exception {
        return Answers.of(file, options, GenerationRequest.of("the robot", 20));
    }
}
