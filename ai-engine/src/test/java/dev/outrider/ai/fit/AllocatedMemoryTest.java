package dev.outrider.ai.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.outrider.ai.gguf.GgufFile;
import dev.outrider.ai.gguf.TensorType;
import dev.outrider.ai.llama.CacheType;
import dev.outrider.ai.llama.LlamaModels;
import dev.outrider.ai.llama.LlamaOptions;
import dev.outrider.ai.llama.foreign.NativeLog;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.SyntheticModel;
import dev.outrider.ai.testing.SyntheticModel.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What we compute beside what the library says it takes, for models of every kind we know. */
final class AllocatedMemoryTest {
    private static final Percentage PROMISED = Percentage.withPercentage(5);

    @TempDir Path folder;

    @BeforeEach
    void needsTheLibrary() {
        Natives.assumeLlama();
    }

    @ParameterizedTest
    @CsvSource({
        "LLAMA, 512",
        "LLAMA, 32768",
        "QWEN2, 4096",
        "QWEN2, 32768",
        "PHI3, 512",
        "PHI3, 32768",
        "GEMMA2, 512",
        "GEMMA2, 8192",
        "GEMMA2, 32768",
        "MIXTRAL, 512",
        "MIXTRAL, 32768",
        "QWEN2MOE, 512",
        "QWEN2MOE, 32768"
    })
    void computesWhatTheLibraryTakes(Kind kind, int context) throws IOException {
        // width 512, 8 heads of 64 that share 2 of keys and values, 1,536 wide inside
        var model = new SyntheticModel(kind, 6, 512, 8, 2, 64, 1536, 2048, 32_768, 1);

        assertComputed(model, context, CacheType.F16);
    }

    @ParameterizedTest
    @EnumSource(CacheType.class)
    void computesEveryKindOfCache(CacheType cache) throws IOException {
        assertComputed(
                new SyntheticModel(Kind.LLAMA, 4, 512, 8, 8, 64, 512, 1024, 16_384, 1),
                16_384,
                cache);
    }

    @Test
    void computesAModelWhoseVocabularyIsItsLargestPart() throws IOException {
        assertComputed(
                new SyntheticModel(Kind.LLAMA, 2, 256, 4, 4, 64, 512, 32_000, 8192, 1),
                8192,
                CacheType.F16);
    }

    @ParameterizedTest
    @Tag("real-model")
    @ValueSource(
            strings = {
                "smollm2-135m-instruct",
                "qwen2.5-coder-0.5b-instruct",
                "qwen2.5-coder-1.5b-instruct",
                "gemma-3-270m"
            })
    void computesModelsOfTheCatalogue(String name) {
        assertComputed(Natives.assumeModel(name), 8192, CacheType.F16);
    }

    private void assertComputed(SyntheticModel model, int context, CacheType cache)
            throws IOException {
        assertComputed(model.write(folder.resolve("model.gguf")), context, cache);
    }

    private static void assertComputed(Path file, int context, CacheType cache) {
        var need = ModelShape.of(GgufFile.read(file)).need(context, cache);
        var options =
                LlamaOptions.defaults()
                        .withContextTokens(context)
                        .withThreads(1)
                        .withCacheType(cache);
        try (var log = new NativeLog();
                var model = LlamaModels.load(file, options)) {
            assertThat(model.getName()).isNotNull();
            long weights = log.bytes("CPU model") + log.bytes("CPU_REPACK model");
            long keysAndValues = log.bytes("KV");
            long compute = log.bytes("compute");

            assertThat(weights).as(log.text()).isPositive();
            assertThat(keysAndValues).isPositive();
            assertThat(compute).isPositive();
            assertThat(need.cache()).isCloseTo(keysAndValues, within(20_000L)); // as it is printed
            assertThat(need.weights()).isCloseTo(weights, Percentage.withPercentage(1));
            assertThat(need.total()).isCloseTo(weights + keysAndValues + compute, PROMISED);
        }
    }

    /** What forecasts are timed with. */
    @Test
    void computesWithAPartOfAModel() throws IOException {
        var whole = GgufFile.read(SyntheticModel.small(Kind.LLAMA).write(folder.resolve("w.gguf")));
        var part = PartModel.write(whole, 1, folder.resolve("part.gguf"));

        var tensors = GgufFile.read(part).tensors();
        assertThat(tensors).hasSizeLessThan(whole.tensors().size()).isNotEmpty();
        assertThat(bytes(part, "blk.0.ffn_up.weight"))
                .isEqualTo(bytes(whole.path(), "blk.0.ffn_up.weight"));
        try (var trial = new Trial(part, 512, TensorType.F16, 1, false)) {
            assertThat(trial.decode(16)).isPositive();
            trial.forget();
            assertThat(trial.decode(1)).isPositive();
        }
    }

    private static byte[] bytes(Path path, String name) throws IOException {
        var file = GgufFile.read(path);
        var tensor =
                file.tensors().stream().filter(t -> t.name().equals(name)).findAny().orElseThrow();
        int start = Math.toIntExact(file.dataStart() + tensor.offset());
        int length = Math.toIntExact(ModelShape.bytes(tensor));
        return Arrays.copyOfRange(Files.readAllBytes(path), start, start + length);
    }
}
