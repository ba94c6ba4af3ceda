package dev.outrider.ai.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.gguf.GgufException;
import dev.outrider.ai.gguf.GgufFile;
import dev.outrider.ai.gguf.GgufWriter;
import dev.outrider.ai.gguf.TensorType;
import dev.outrider.ai.llama.CacheType;
import dev.outrider.ai.llama.foreign.ContextCalls;
import dev.outrider.ai.llama.foreign.Layouts;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TinyModel;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelFitTest {
    private static final long MIB = 1 << 20;

    @TempDir Path folder;

    @Test
    void computesADenseModelByItsMetadata() throws IOException {
        var shape = shape(metadata("phi3").put("phi3.attention.head_count", 8));

        // 2 layers x (512 keys + 512 values) x 2 bytes x 1024 cells
        assertThat(shape.need(1000, CacheType.F16).cache()).isEqualTo(4 * MIB);
        // 34 bytes for 32 numbers
        assertThat(shape.need(1024, CacheType.Q8_0).cache()).isEqualTo(2 * 1024 / 32 * 34 * 1024L);
        // 18 bytes for 32 numbers
        assertThat(shape.need(1024, CacheType.Q4_0).cache()).isEqualTo(2 * 1024 / 32 * 18 * 1024L);
        assertThat(shape.weightBytes()).isEqualTo(1000 * 512 * 4);
    }

    @Test
    void computesGroupedQueriesByTheHeadsThatAreShared() throws IOException {
        var shape =
                shape(
                        metadata("llama")
                                .put("llama.attention.head_count", 8)
                                .put("llama.attention.head_count_kv", 2)
                                .put("llama.attention.key_length", 128)
                                .put("llama.attention.value_length", 64));

        assertThat(shape.layers())
                .containsExactly(new ModelShape.Layer(256, 128), new ModelShape.Layer(256, 128));
        // 2 layers x 384 numbers x 2 bytes x 512 cells
        assertThat(shape.need(512, CacheType.F16).cache()).isEqualTo(2 * 384 * 2 * 512);
    }

    @Test
    void savesNothingBySlidingWindowsSinceTheEngineKeepsAllTokens() throws IOException {
        var shape =
                shape(
                        metadata("gemma2")
                                .put("gemma2.attention.head_count", 8)
                                .put("gemma2.attention.head_count_kv", 4)
                                .put("gemma2.attention.sliding_window", 256));

        // 2 layers x (256 + 256) x 2 bytes x 4096 cells, none dropped
        assertThat(shape.need(4096, CacheType.F16).cache()).isEqualTo(8 * MIB);
    }

    @Test
    void theLibraryKeepsTokensBehindAWindowUnlessToldOtherwise() {
        Natives.assumeLlama();
        try (var arena = Arena.ofConfined()) {
            var params = ContextCalls.defaultParams(arena);
            long swaFull = Layouts.CONTEXT_PARAMS.byteOffset(PathElement.groupElement("swa_full"));

            assertThat(params.get(ValueLayout.JAVA_BOOLEAN, swaFull)).isTrue();
        }
    }

    @Test
    void believesTensorsMoreThanMetadata() throws IOException {
        var shape =
                shape(
                        metadata("llama")
                                .put("llama.attention.head_count", 8)
                                .tensor("blk.0.attn_k.weight", TensorType.F16, row(512), 512, 64));

        assertThat(shape.layers().getFirst()).isEqualTo(new ModelShape.Layer(64, 512));
        assertThat(shape.layers().getLast()).isEqualTo(new ModelShape.Layer(512, 512));
    }

    @Test
    void countsOnlyTheExpertsThatAreUsedAsReadForAToken() throws IOException {
        var shape =
                shape(
                        metadata("llama")
                                .put("llama.attention.head_count", 8)
                                .put("llama.expert_count", 8)
                                .put("llama.expert_used_count", 2)
                                .tensor("output.weight", TensorType.F32, row(512), 512, 1000)
                                .tensor(
                                        "blk.0.ffn_up_exps.weight",
                                        TensorType.F32,
                                        row(512),
                                        512,
                                        16,
                                        8));

        long table = 512 * 1000 * 4;
        long experts = 512 * 16 * 8 * 4;
        assertThat(shape.weightBytes()).isEqualTo(2 * table + experts);
        assertThat(shape.bytesPerToken()).isEqualTo(table + experts / 4);
    }

    @Test
    void computesNothingForMemoriesItDoesNotKnow() {
        assertThatThrownBy(() -> shape(metadata("mamba").put("mamba.ssm.state_size", 16)))
                .isInstanceOf(FitException.class)
                .hasMessageContaining("mamba.ssm.state_size");
        assertThatThrownBy(() -> shape(metadata("llama")))
                .isInstanceOf(FitException.class)
                .hasMessageContaining("llama.attention.head_count");
    }

    @Test
    void refusesNumbersThatMakeNoSense() {
        assertThatThrownBy(() ->
                        shape(
                                metadata("llama")
                                        .put("llama.attention.head_count", 8)
                                        .put("llama.attention.key_length", Integer.MAX_VALUE)))
                .isInstanceOf(FitException.class)
                .hasMessageContaining("llama.attention.key_length cannot be 2147483647");
        assertThatThrownBy(() ->
                        shape(
                                metadata("llama")
                                        .put("llama.attention.head_count", 8)
                                        .put("llama.attention.head_count_kv", 1 << 29)))
                .isInstanceOf(FitException.class)
                .hasMessageContaining("cannot be");
        assertThatThrownBy(() ->
                        shape(
                                metadata("llama")
                                        .put("llama.attention.head_count", 8)
                                        .tensor(
                                                "token_embd.weight",
                                                TensorType.F32,
                                                row(512),
                                                512,
                                                1)))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("token_embd.weight appears twice");
    }

    @Test
    void readsATinyModelThatTheEngineLoads() throws IOException {
        var file = TinyModel.standard().write(folder.resolve("tiny.gguf"));

        var shape = ModelShape.of(GgufFile.read(file));

        assertThat(shape.layers()).hasSize(2).containsOnly(new ModelShape.Layer(32, 32));
    }

    /** Against libllama's own log: KV buffer 11.25 MiB for 512 cells, model buffer 92.10 MiB. */
    @Test
    void agreesWithWhatTheLibraryAllocatesForSmolLm() {
        var catalogue = ModelCatalogue.standard();
        var file = catalogue.cached(catalogue.named("smollm2"));
        Assumptions.assumeTrue(file.isPresent(), "SmolLM2 is not on this machine");

        var shape = ModelShape.of(GgufFile.read(file.orElseThrow()));

        assertThat(shape.need(512, CacheType.F16).cache()).isEqualTo((long) (11.25 * MIB));
        assertThat(shape.weightBytes() / (double) MIB).isBetween(92.05, 92.15);
        // compute buffer 98.25 MiB for 8,192 cells
        assertThat(shape.need(8192, CacheType.F16).compute() / (98.25 * MIB)).isBetween(0.95, 1.05);
    }

    @Test
    void fitsWhereThereIsRoomForTheWholePromise() {
        var shape = wide(65_536);
        long need = shape.need(32_768, CacheType.F16).total();

        assertThat(ModelFit.judge(shape, need + ModelFit.RESERVE, 32_768))
                .isEqualTo(new Verdict.Fits(shape.need(32_768, CacheType.F16)));
    }

    @Test
    void saysWhatIsLostWhereOnlyAQuantizedCacheFits() {
        var shape = wide(65_536);
        long need = shape.need(32_768, CacheType.F16).total();

        assertThat(ModelFit.judge(shape, need + ModelFit.RESERVE - 1, 32_768))
                .isEqualTo(
                        new Verdict.Degraded(
                                shape.need(32_768, CacheType.Q8_0),
                                CacheType.Q8_0,
                                List.of("earlier tokens are kept as Q8_0, less exact than F16")));
    }

    @Test
    void callsAShorterContextThanPromisedDegraded() {
        assertThat(ModelFit.judge(wide(8192), 64L << 30, 8192))
                .isInstanceOfSatisfying(
                        Verdict.Degraded.class,
                        degraded ->
                                assertThat(degraded.lost())
                                        .containsExactly(
                                                "a context of 8192 tokens instead of 32768"));
    }

    @Test
    void saysWhatWouldFitInstead() {
        var shape = wide(65_536);
        long budget = shape.need(2048, CacheType.F16).total();

        var verdict = ModelFit.judge(shape, budget + ModelFit.RESERVE, 32_768);

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.TooLarge.class,
                        refused ->
                                assertThat(refused.instead())
                                        .contains("--context 2048, which is degraded")
                                        .anyMatch(way -> way.endsWith("MB more memory")));
    }

    @Test
    void countsWhatLiesOnAGraphicsCardOnce() {
        var shape = wide(65_536);
        var need = shape.need(32_768, CacheType.F16);
        var card = new Hardware.Gpu("CUDA0", "card", 4L << 30, 4L << 30, false);

        assertThat(ModelFit.judge(shape, 600 * MIB, List.of(), 32_768))
                .isInstanceOf(Verdict.TooLarge.class);
        assertThat(ModelFit.judge(shape, 600 * MIB, List.of(card), 32_768))
                .isEqualTo(new Verdict.Fits(need));
        assertThat(Placement.of(shape, need, List.of(card)).deviceLayers()).isEqualTo(2);
    }

    @Test
    void putsAsManyLayersOnACardAsItHolds() {
        var shape = wide(65_536);
        var need = shape.need(32_768, CacheType.F16);
        long layer = 250 * MIB + need.cache() / 2;
        var small =
                new Hardware.Gpu(
                        "CUDA0",
                        "card",
                        2L << 30,
                        layer + need.compute() + Placement.DEVICE_RESERVE + MIB,
                        false);

        var placement = Placement.of(shape, need, List.of(small));

        assertThat(placement.deviceLayers()).isEqualTo(1);
        assertThat(placement.deviceBytes()).isEqualTo(layer);
    }

    @Test
    void sparesNothingWhereTheMemoryIsShared() {
        var shape = wide(65_536);
        var need = shape.need(32_768, CacheType.F16);
        var jetson = new Hardware.Gpu("CUDA0", "Orin", 8L << 30, 6L << 30, true);

        var placement = Placement.of(shape, need, List.of(jetson));

        assertThat(placement).isEqualTo(new Placement(2, 2, 0));
        assertThat(Placement.of(shape, need, List.of())).isEqualTo(new Placement(0, 2, 0));
    }

    @Test
    void promisesNoContextTheModelWasNotTrainedFor() {
        assertThat(ModelFit.judge(wide(8192), 64L << 30, 32_768))
                .isInstanceOfSatisfying(
                        Verdict.TooLarge.class,
                        refused ->
                                assertThat(refused.reason())
                                        .contains("trained for 8192", "32768 are asked for"));
    }

    private static ModelShape wide(long trained) {
        var layer = new ModelShape.Layer(1024, 1024);
        return new ModelShape(
                500 * MIB,
                400 * MIB,
                700_000_000,
                List.of(layer, layer),
                1024,
                1024,
                4096,
                32_000,
                trained,
                false);
    }

    private static GgufWriter metadata(String architecture) {
        return new GgufWriter()
                .put("general.architecture", architecture)
                .put(architecture + ".block_count", 2)
                .put(architecture + ".context_length", 8192)
                .put(architecture + ".embedding_length", 512)
                .tensor("token_embd.weight", TensorType.F32, row(512), 512, 1000);
    }

    private static LongFunction<float[]> row(int length) {
        return i -> new float[length];
    }

    private ModelShape shape(GgufWriter writer) throws IOException {
        var path = folder.resolve("model.gguf");
        writer.write(path);
        return ModelShape.of(GgufFile.read(path));
    }
}
