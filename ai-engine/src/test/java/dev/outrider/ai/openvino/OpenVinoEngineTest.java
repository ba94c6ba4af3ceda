package dev.outrider.ai.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.translator.ImageClassificationTranslatorFactory;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.translate.NoopTranslator;
import dev.outrider.ai.testing.IrModel;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.OnnxModel;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.intel.openvino.CompiledModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenVinoEngineTest {
    @TempDir Path folder;

    @BeforeEach
    void assume() {
        Natives.assumeOpenVino();
    }

    private static Criteria<NDList, NDList> arrays(Path path) {
        return Criteria.builder()
                .setTypes(NDList.class, NDList.class)
                .optEngine("OpenVINO")
                .optModelPath(path)
                .optTranslator(new NoopTranslator())
                .optOption("INFERENCE_PRECISION_HINT", "f32")
                .build();
    }

    private Path onnx(byte[] model) throws Exception {
        return Files.write(folder.resolve("model.onnx"), model);
    }

    @Test
    void isFoundByItsName() {
        assertThat(Engine.getEngine("OpenVINO").getVersion()).startsWith("2026.");
    }

    @Test
    void runsOnnx() throws Exception {
        try (var model = arrays(onnx(OnnxModel.doubling())).loadModel();
                Predictor<NDList, NDList> predictor = model.newPredictor();
                var manager = model.getNDManager().newSubManager()) {
            var input = manager.create(new float[] {1, 2, 3}, new Shape(1, 3));
            var output = predictor.predict(new NDList(input)).singletonOrThrow();

            assertThat(output.toFloatArray()).containsExactly(2, 4, 6);
            assertThat(output.getName()).isEqualTo("y");
            assertThat(model.describeInput().get(0).getValue()).isEqualTo(new Shape(1, 3));
        }
    }

    @Test
    void runsIr() throws Exception {
        IrModel.write(folder);
        try (var model = arrays(folder).loadModel();
                var predictor = model.newPredictor();
                var manager = model.getNDManager().newSubManager()) {
            var picture = manager.ones(new Shape(1, 3, IrModel.SIDE, IrModel.SIDE));

            assertThat(predictor.predict(new NDList(picture)).get(0).toFloatArray()[3])
                    .isEqualTo(3 * 3072);
        }
    }

    @Test
    void convertsWhatItIsGivenToWhatTheModelTakes() throws Exception {
        try (var model = arrays(onnx(OnnxModel.doubling())).loadModel();
                var predictor = model.newPredictor();
                var manager = model.getNDManager().newSubManager()) {
            var input = manager.create(new long[] {1, 2, 3}, new Shape(1, 3));

            assertThat(predictor.predict(new NDList(input)).get(0).toFloatArray())
                    .containsExactly(2, 4, 6);
        }
    }

    @Test
    void classifiesPicturesByTheStockTranslator() throws Exception {
        var criteria =
                Criteria.builder()
                        .setTypes(Image.class, Classifications.class)
                        .optEngine("OpenVINO")
                        .optModelPath(onnx(OnnxModel.colours()))
                        .optTranslatorFactory(new ImageClassificationTranslatorFactory())
                        .optArgument("width", 32)
                        .optArgument("height", 32)
                        .optArgument("resize", true)
                        .optArgument("applySoftmax", true)
                        .optArgument("synset", "red,green,blue")
                        .build();
        try (var model = criteria.loadModel();
                var predictor = model.newPredictor()) {
            var answers = predictor.batchPredict(List.of(plain(Color.GREEN), plain(Color.BLUE)));

            assertThat(answers.get(0).best().getClassName()).isEqualTo("green");
            assertThat(answers.get(1).best().getClassName()).isEqualTo("blue");
            assertThat(answers.get(0).best().getProbability()).isGreaterThan(0.9);
        }
    }

    private static Image plain(Color colour) {
        var image = new BufferedImage(50, 40, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, 50, 40);
        graphics.dispose();
        return ImageFactory.getInstance().fromImage(image);
    }

    @Test
    void servesManyThreadsFromOneModel() throws Exception {
        try (var model = arrays(onnx(OnnxModel.doublingRows())).loadModel()) {
            var wrong =
                    IntStream.range(0, 64)
                            .parallel()
                            .filter(i -> {
                                try (var predictor = model.newPredictor();
                                        var manager = model.getNDManager().newSubManager()) {
                                    var rows = 1 + i % 5;
                                    var input = manager.full(new Shape(rows, 3), (float) i);
                                    var output = predictor.predict(new NDList(input));
                                    return !output.get(0)
                                            .eq(manager.full(new Shape(rows, 3), 2f * i))
                                            .all()
                                            .getBoolean();
                                } catch (ai.djl.translate.TranslateException e) {
                                    throw new AssertionError(e);
                                }
                            })
                            .count();

            assertThat(wrong).isZero();
        }
    }

    @Test
    void saysWhatIsWrongWithAModel() throws Exception {
        assertThatThrownBy(
                        () -> arrays(onnx("no model".getBytes(StandardCharsets.UTF_8))).loadModel())
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining("OpenVINO cannot load");
        Files.delete(folder.resolve("model.onnx"));
        assertThatThrownBy(() -> arrays(folder).loadModel())
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("holds 0 model files");
    }

    @Test
    void goesToTheFirstDeviceThatIsHere() throws Exception {
        var model = OpenVino.core().read_model(OnnxModel.doubling());
        var here = OpenVino.core().get_available_devices();
        var placed =
                Devices.of("NPU,GPU.3,CPU")
                        .place(here, device -> OpenVino.core().compile_model(model, device));

        assertThat(placed.device()).isEqualTo("CPU");
        assertThat(placed.explanation())
                .isEqualTo("NPU is not here; GPU.3 is not here; CPU took it");
        assertThatThrownBy(() ->
                        Devices.of("NPU,GPU")
                                .place(
                                        here,
                                        device -> OpenVino.core().compile_model(model, device)))
                .isInstanceOf(Devices.RefusedException.class)
                .hasMessageContaining("NPU is not here; GPU is not here");
        assertThatThrownBy(() -> Devices.of("CPU,")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsCompiledModelsAndDropsDamagedOnes() throws Exception {
        var cache = new ModelCache(folder.resolve("cache"));
        var properties = Map.of("INFERENCE_PRECISION_HINT", "f32");
        var core = OpenVino.core();
        var model = core.read_model(IrModel.write(folder).toString());

        assertThat(loaded(cache.compile(core, model, "CPU", properties))).isEqualTo("NO");
        assertThat(loaded(cache.compile(core, model, "CPU", properties))).isEqualTo("YES");
        try (var files = Files.list(cache.folder())) {
            for (Path file : files.filter(f -> !f.toString().endsWith(".sha256")).toList()) {
                var bytes = Files.readAllBytes(file);
                bytes[bytes.length / 2] ^= 0x40;
                Files.write(file, bytes);
            }
        }
        assertThat(loaded(cache.compile(core, model, "CPU", properties))).isEqualTo("NO");
    }

    @Test
    void keepsWhatWasCompiledAsLongAsItsFileStays() throws Exception {
        var cache = new ModelCache(folder.resolve("cache"));
        var other = new ModelCache(folder.resolve("other"));
        Path model = IrModel.write(folder);

        assertThat(loaded(compile(cache, model))).isEqualTo("NO");
        assertThat(loaded(compile(cache, model))).isEqualTo("YES");
        assertThat(cache.removeStale()).isZero();
        Files.setLastModifiedTime(model, FileTime.fromMillis(1_700_000_000_000L));
        assertThat(loaded(compile(cache, model))).isEqualTo("NO");
        assertThat(blobs(cache)).hasSize(1);

        compile(other, model).close();
        Files.delete(model);
        assertThat(cache.removeStale()).isPositive();
        assertThat(cache.folder()).isEmptyDirectory();

        var second = Files.createDirectory(folder.resolve("second"));
        compile(other, IrModel.write(second)).close();
        assertThat(blobs(other)).hasSize(1);
    }

    @Test
    void compilesWhereNothingCanBeKept() throws Exception {
        var cache = new ModelCache(Files.createFile(folder.resolve("no-folder")));
        Path model = IrModel.write(folder);

        assertThat(loaded(compile(cache, model))).isEqualTo("NO");
        assertThat(loaded(compile(cache, model))).isEqualTo("NO");
        assertThat(cache.removeStale()).isZero();
    }

    private static CompiledModel compile(ModelCache cache, Path model) {
        return cache.compile(OpenVino.core(), model, "CPU", Map.of());
    }

    private static List<Path> blobs(ModelCache cache) throws IOException {
        try (var files = Files.walk(cache.folder())) {
            return files.filter(file -> file.toString().endsWith(".blob")).toList();
        }
    }

    private static String loaded(CompiledModel model) {
        return model.get_property("LOADED_FROM_CACHE").asString();
    }

    @Test
    void computesWithArrays() {
        try (var manager = OvArrays.SYSTEM.newSubManager()) {
            NDArray a = manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(2, 3));

            assertThat(a.transpose().toFloatArray()).containsExactly(1, 4, 2, 5, 3, 6);
            assertThat(a.sum(new int[] {0}).toFloatArray()).containsExactly(5, 7, 9);
            assertThat(a.mean(new int[] {1}, true).getShape()).isEqualTo(new Shape(2, 1));
            assertThat(a.get(":, 1").toFloatArray()).containsExactly(2, 5);
            assertThat(a.get("1").toFloatArray()).containsExactly(4, 5, 6);
            assertThat(a.get(":, 0:3:2").toFloatArray()).containsExactly(1, 3, 4, 6);
            assertThat(a.get("-1, -1").getFloat()).isEqualTo(6);
            assertThat(a.argMax(1).toLongArray()).containsExactly(2, 2);
            assertThat(a.mul(a.get("0")).toFloatArray()).containsExactly(1, 4, 9, 4, 10, 18);
            assertThat(a.softmax(1).sum().getFloat()).isCloseTo(2, within(1e-5f));
            assertThat(a.concat(a, 1).getShape()).isEqualTo(new Shape(2, 6));
            assertThat(a.stack(a).getShape()).isEqualTo(new Shape(2, 2, 3));
            assertThat(a.get(a.get(":, 0").gt(2)).toFloatArray()).containsExactly(4, 5, 6);
            assertThat(a.argSort(1, false).get("0").toLongArray()).containsExactly(2, 1, 0);
            assertThat(a.matMul(a.transpose()).toFloatArray()).containsExactly(14, 32, 32, 77);
            assertThat(a.toType(DataType.INT64, false).toLongArray()).endsWith(5L, 6L);
            assertThat(a.normalize(2, 1).square().sum().getFloat()).isCloseTo(2, within(1e-5f));
            assertThat(a.split(3, 1).get(2).toFloatArray()).containsExactly(3, 6);
            assertThat(a.reshape(3, -1).get("2").toFloatArray()).containsExactly(5, 6);
            assertThatThrownBy(() -> a.reshape(4, 2)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> a.fft(3, 0)).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    private static org.assertj.core.data.Offset<Float> within(float value) {
        return org.assertj.core.data.Offset.offset(value);
    }
}
