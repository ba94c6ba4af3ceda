package dev.outrider.ai.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.gguf.GgufFile;
import dev.outrider.ai.gguf.GgufWriter;
import dev.outrider.ai.gguf.TensorType;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuantizerTest {
    @TempDir Path folder;
    private Path source;
    private Path target;

    @BeforeEach
    void write() throws IOException {
        Natives.assumeLlama();
        source = TinyModel.standard().write(folder.resolve("tiny.gguf"));
        target = folder.resolve("small.gguf");
    }

    @Test
    void writesASmallerModelThatStillAnswers() throws Exception {
        Quantizer.quantize(source, target, Quantization.Q8_0, 1);

        assertThat(Files.size(target)).isLessThan(Files.size(source) / 2);
        assertThat(GgufFile.read(target).tensors())
                .anyMatch(tensor -> tensor.type() == TensorType.Q8_0.code());
        var options = LlamaOptions.defaults().withContextTokens(256).withThreads(1);
        try (var model = LlamaModels.load(target, options);
                var predictor = model.newPredictor();
                var stream = predictor.predict(GenerationRequest.of("hello", 5))) {
            assertThat(stream.rest()).isNotEmpty();
        }
    }

    @Test
    void sparesTheColumnsThatMatter() throws Exception {
        var plain = folder.resolve("plain.gguf");
        Quantizer.quantize(source, plain, Quantization.Q4_0, 1);

        var importance = ImportanceMatrix.read(matrix(64, 1));
        Quantizer.quantize(source, target, Quantization.Q4_0, 1, importance, bytes -> {});

        assertThat(importance.columns().get("blk.0.ffn_up.weight")).hasSize(64).contains(2.5f);
        assertThat(Files.mismatch(target, plain)).isNotNegative();
    }

    @Test
    void refusesTheImportanceOfAnotherModel() throws Exception {
        var wider = ImportanceMatrix.read(matrix(128, 1));

        assertThatThrownBy(() ->
                        Quantizer.quantize(
                                source, target, Quantization.Q4_0, 1, wider, bytes -> {}))
                .isInstanceOf(LlamaException.class)
                .hasMessageContaining("of another model")
                .hasMessageContaining("128 columns there and 64 here");
        assertThat(target).doesNotExist();
    }

    @Test
    void readsNothingElseForAnImportanceMatrix() throws Exception {
        assertThatThrownBy(() -> ImportanceMatrix.read(source))
                .hasMessageContaining("no importance matrix");
        assertThatThrownBy(() ->
                        ImportanceMatrix.read(
                                Files.writeString(folder.resolve("imatrix.dat"), "old format")))
                .hasMessageContaining("before GGUF");
        assertThatThrownBy(() -> ImportanceMatrix.read(matrix(64, Float.NaN)))
                .hasMessageContaining("an importance of NaN");
        assertThatThrownBy(() -> ImportanceMatrix.read(folder.resolve("none")))
                .isInstanceOf(LlamaException.class);
    }

    /** As llama-imatrix writes them: sums of squares, and over how many tokens. */
    private Path matrix(int columns, float last) throws IOException {
        var sums = new float[columns];
        for (int i = 0; i < columns; i++) {
            sums[i] = i % 7 == 0 ? 5 : 0.01f;
        }
        sums[columns - 1] = last;
        var path = folder.resolve("imatrix%d.gguf".formatted(columns));
        new GgufWriter()
                .put("general.type", "imatrix")
                .tensor("blk.0.ffn_up.weight.in_sum2", TensorType.F32, i -> sums, columns, 1)
                .tensor("blk.0.ffn_up.weight.counts", TensorType.F32, i -> new float[] {2}, 1, 1)
                .write(path);
        return path;
    }

    @Test
    void refusesWhatIsQuantizedAlready() {
        Quantizer.quantize(source, target, Quantization.Q8_0, 1);

        assertThatThrownBy(() ->
                        Quantizer.quantize(target, folder.resolve("again"), Quantization.Q4_0, 1))
                .isInstanceOf(LlamaException.class)
                .hasMessageContaining("quantized already (Q8_0)");
    }

    @Test
    void leavesNothingBehindWhenItFails() {
        var nowhere = folder.resolve("none").resolve("small.gguf");

        assertThatThrownBy(() -> Quantizer.quantize(source, nowhere, Quantization.Q8_0, 1))
                .isInstanceOf(LlamaException.class)
                .hasMessageContaining("tiny.gguf");
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().contains("unfinished"));
    }

    @Test
    void doesNotOverwriteItsSource() {
        assertThatThrownBy(() -> Quantizer.quantize(source, source, Quantization.Q8_0, 1))
                .hasMessageContaining("onto itself");
    }

    @Test
    void listsTheTypesThereAre() {
        assertThat(Quantization.of("q4_k_m")).isEqualTo(Quantization.Q4_K_M);
        assertThatThrownBy(() -> Quantization.of("Q9"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no quantization Q9")
                .hasMessageContaining("Q4_K_M");
    }
}
