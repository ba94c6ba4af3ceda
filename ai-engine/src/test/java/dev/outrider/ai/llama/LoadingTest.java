package dev.outrider.ai.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.repository.zoo.Criteria;
import ai.djl.translate.TranslateException;
import ai.djl.util.Utils;
import dev.outrider.ai.llama.foreign.ModelCalls;
import dev.outrider.ai.llama.foreign.NativeLog;
import dev.outrider.ai.testing.HostileModels;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TinyModel;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadingTest {
    private static final LlamaOptions SMALL =
            LlamaOptions.defaults().withContextTokens(256).withThreads(1);

    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void writeModel() throws IOException {
        Natives.assumeLlama();
        file = TinyModel.standard().write(folder.resolve("tiny.gguf"));
    }

    @Test
    void isFoundByDjlUnderItsName() {
        assertThat(Engine.getAllEngines()).contains("Llama");
        assertThat(Engine.getEngine("Llama").getVersion()).isEqualTo("0.5.0-dev");
    }

    @Test
    void keepsDjlFromCallingHome() {
        assertThat(Engine.getAllEngines()).isNotEmpty();

        assertThat(Utils.isOfflineMode()).isTrue();
        assertThat(Utils.getEnvOrSystemProperty("OPT_OUT_TRACKING")).isEqualTo("true");
    }

    @Test
    void loadsByPlainCriteria() throws Exception {
        var criteria =
                Criteria.builder()
                        .setTypes(GenerationRequest.class, TokenStream.class)
                        .optEngine("Llama")
                        .optModelPath(file)
                        .optTranslatorFactory(new LlamaTranslatorFactory())
                        .optOption("n_ctx", "256")
                        .optOption("n_threads", "1")
                        .build();

        try (var model = criteria.loadModel();
                var predictor = model.newPredictor();
                var stream = predictor.predict(GenerationRequest.of("hello", 4))) {
            assertThat(stream.rest()).isNotEmpty();
            assertThat(stream.completion().generatedTokens()).isEqualTo(4);
        }
    }

    /** A mapped file would end the process: SIGBUS. */
    @Test
    void goesOnWhenTheFileOfALoadedModelIsCutShort() throws Exception {
        var request = GenerationRequest.of("hello", 4);
        try (var model = LlamaModels.load(file, SMALL);
                var predictor = model.newPredictor()) {
            var before = predictor.predict(request).rest();

            Files.write(file, new byte[0]);

            assertThat(predictor.predict(request).rest()).isEqualTo(before).isNotEmpty();
        }
    }

    @Test
    void readsAFileOnlyWhereThereIsRoomForIt() {
        assertThat(LoadingParams.isRoomFor(1L << 30, OptionalLong.of(2L << 30))).isTrue();
        assertThat(LoadingParams.isRoomFor(1L << 30, OptionalLong.of(1100L << 20))).isFalse();
        assertThat(LoadingParams.isRoomFor(1L << 30, OptionalLong.empty())).isTrue();
    }

    @Test
    void answersTheSameWithItsFileMapped() throws Exception {
        var request = GenerationRequest.of("hello", 8);
        try (var read = LlamaModels.load(file, SMALL);
                var log = new NativeLog();
                var mapped = LlamaModels.load(file, SMALL.withMapped(true))) {
            assertThat(log.bytes("CPU_Mapped model")).isPositive();
            assertThat(mapped.newPredictor().predict(request).rest())
                    .isEqualTo(read.newPredictor().predict(request).rest())
                    .isNotEmpty();
        }
    }

    @Test
    void refusesMoreContextThanTheModelWasTrainedFor() {
        assertThatThrownBy(() -> LlamaModels.load(file, SMALL.withContextTokens(4096)))
                .isInstanceOfSatisfying(
                        ContextTooLargeException.class,
                        e -> {
                            assertThat(e.askedTokens()).isEqualTo(4096);
                            assertThat(e.trainedTokens()).isEqualTo(2048);
                        })
                .hasMessageContaining("4096")
                .hasMessageContaining("2048")
                .hasMessageContaining("tiny.gguf");
    }

    @Test
    void refusesUnknownOptions() {
        var criteria =
                Criteria.builder()
                        .setTypes(GenerationRequest.class, TokenStream.class)
                        .optEngine("Llama")
                        .optModelPath(file)
                        .optTranslatorFactory(new LlamaTranslatorFactory())
                        .optOption("n_ctxt", "256")
                        .build();

        assertThatThrownBy(criteria::loadModel).hasStackTraceContaining("unknown option n_ctxt");
    }

    @Test
    void refusesACutFile() throws IOException {
        var bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(() -> LlamaModels.load(file, SMALL))
                .isInstanceOf(LlamaException.class)
                .hasMessageContaining("tiny.gguf")
                .hasMessageContaining("truncated or damaged");
    }

    @Test
    void refusesAFileWhoseTensorsAreNotThoseOfItsArchitecture() throws IOException {
        var bytes = Files.readAllBytes(file);
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[text.indexOf("blk.1.ffn_up")] = 'x';
        Files.write(file, bytes);

        assertThatThrownBy(() -> LlamaModels.load(file, SMALL))
                .isInstanceOf(LlamaException.class)
                .hasMessageContaining("libllama refuses")
                .hasMessageContaining("tiny.gguf");
    }

    @Test
    void outlivesRandomlyDamagedFiles() throws IOException {
        var sound = Files.readAllBytes(file);
        var random = new Random(3);
        int refused = 0;
        for (int round = 0; round < 40; round++) {
            var damaged = sound.clone();
            for (int flips = 0; flips < 4; flips++) {
                damaged[8 + random.nextInt(3000)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(file, damaged);
            try {
                LlamaModels.load(file, SMALL).close();
            } catch (LlamaException e) {
                assertThat(e).hasMessageContaining("tiny.gguf");
                refused++;
            }
        }

        assertThat(refused).isPositive();
    }

    /** Not by way of the engine, which would refuse them before: the library itself. */
    @TestFactory
    Stream<DynamicTest> theLibraryOutlivesFilesOfBrokenForm() {
        var files = HostileModels.malformed();
        assertThat(files).hasSizeGreaterThan(40);
        return files.entrySet().stream()
                .map(broken ->
                        DynamicTest.dynamicTest(
                                broken.getKey(),
                                () -> {
                                    Files.write(file, broken.getValue());
                                    try (var arena = Arena.ofConfined()) {
                                        var model =
                                                ModelCalls.load(
                                                        arena.allocateFrom(file.toString()),
                                                        ModelCalls.defaultParams(arena));
                                        if (model.address() != 0) {
                                            ModelCalls.free(model);
                                        }
                                    }
                                }));
    }

    /** Some of these would end the process if the library saw them, or a text to split. */
    @TestFactory
    Stream<DynamicTest> refusesOrOutlivesModelsThatMakeNoSense() {
        var files = HostileModels.absurd();
        assertThat(files).hasSizeGreaterThan(40);
        return files.entrySet().stream()
                .map(absurd ->
                        DynamicTest.dynamicTest(
                                absurd.getKey(),
                                () -> {
                                    Files.write(file, absurd.getValue());
                                    try {
                                        answer();
                                    } catch (LlamaException e) {
                                        assertThat(e).hasMessageContaining("tiny.gguf");
                                    }
                                }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama.block_count of 0",
                "llama.block_count of 2147483647",
                "no vocabulary",
                "no tokens for bytes"
            })
    void refusesWhatWouldEndTheProcess(String name) throws IOException {
        Files.write(file, HostileModels.absurd().get(name));

        assertThatThrownBy(this::answer)
                .isInstanceOf(LlamaException.class)
                .hasMessageContaining("tiny.gguf");
    }

    @Test
    void answersWithTheSoundModelThatTheBrokenOnesAreMadeOf() throws Exception {
        Files.write(file, HostileModels.sound());

        assertThat(answer()).isNotNull();
    }

    private String answer() throws TranslateException {
        return Answers.of(file, SMALL, GenerationRequest.of("some text, ¿no?", 3));
    }

    @Test
    void refusesRequestsOnceClosed() {
        var model = LlamaModels.load(file, SMALL);
        var predictor = model.newPredictor();

        model.close();

        assertThatThrownBy(() -> predictor.predict(GenerationRequest.of("x", 1)))
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("the model is closed");
    }

    @Test
    void endsRunningAnswersWhenClosed() throws Exception {
        var model = LlamaModels.load(file, SMALL);
        var stream = model.newPredictor().predict(GenerationRequest.of("on and on", 200));

        model.close();
        stream.rest();

        assertThat(stream.completion().reason()).isIn(FinishReason.CANCELLED, FinishReason.LENGTH);
        stream.close();
        model.close();
    }
}
