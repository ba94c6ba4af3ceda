package org.intel.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.OnnxModel;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CoreTest {
    private static final Map<String, String> F32 = Map.of("INFERENCE_PRECISION_HINT", "f32");

    @TempDir Path folder;
    private Core core;

    @BeforeEach
    void open() {
        Natives.assumeOpenVino();
        core = new Core();
    }

    private InferRequest request(byte[] onnx) {
        return core.compile_model(core.read_model(onnx), "CPU", F32).create_infer_request();
    }

    @Test
    void saysItsVersionAndWhereItIsFrom() {
        assertThat(Openvino.version()).startsWith("2026.");
        assertThat(NativeLibrary.folder()).isDirectory();
        assertThat(core.get_available_devices()).contains("CPU");
    }

    @Test
    void computesInMemoryOfOurOwn() {
        var request = request(OnnxModel.doubling());
        var input = new Tensor(ElementType.f32, 1, 3);
        var output = new Tensor(ElementType.f32, 1, 3);
        request.set_input_tensor(input);
        request.set_output_tensor(output);
        for (int i = 1; i < 4; i++) {
            input.segment().setAtIndex(ValueLayout.JAVA_FLOAT, 0, i);
            request.infer();

            assertThat(output.segment().getAtIndex(ValueLayout.JAVA_FLOAT, 0)).isEqualTo(2f * i);
        }
    }

    @Test
    void takesAnyNumberOfRowsWhereTheModelDoes() {
        var model = core.compile_model(core.read_model(OnnxModel.doublingRows()), "CPU", F32);
        var request = model.create_infer_request();

        assertThat(model.input().get_partial_shape()).hasToString("[?,3]");
        assertThatThrownBy(() -> model.input().get_shape()).hasMessageContaining("[?,3]");
        for (int rows : new int[] {1, 4, 2, 64}) {
            request.set_input_tensor(new Tensor(new int[] {rows, 3}, new float[rows * 3]));
            request.infer();

            assertThat(request.get_output_tensor().get_shape()).containsExactly(rows, 3);
        }
    }

    @Test
    void givesInputsOtherShapes() {
        var model = core.read_model(OnnxModel.colours());
        model.reshape(
                new PartialShape(
                        new Dimension(1, 8),
                        new Dimension(3),
                        new Dimension(16),
                        new Dimension(16)));

        assertThat(model.input().get_partial_shape()).hasToString("[1..8,3,16,16]");
        model.reshape(Map.of("images", new PartialShape(2, 3, 8, 8)));
        assertThat(model.input().get_shape()).containsExactly(2, 3, 8, 8);
        assertThat(model.output().get_shape()).containsExactly(2, 3);
        assertThat(model.is_dynamic()).isFalse();
    }

    @Test
    void tellsWhenAnAsynchronousInferenceIsDone() {
        var request = request(OnnxModel.doubling());
        request.set_input_tensor(new Tensor(new int[] {1, 3}, new float[] {1, 2, 3}));
        var told = new CompletableFuture<Boolean>();
        request.set_callback(failure -> told.complete(failure == null));
        request.start_async();

        assertThat(request.wait_for(Duration.ofSeconds(30))).isTrue();
        assertThat(told).isCompletedWithValue(true);
        assertThat(request.get_output_tensor().data()).containsExactly(2, 4, 6);
    }

    @Test
    void runsRequestsOfOneModelSideBySide() {
        var model = core.compile_model(core.read_model(OnnxModel.doubling()), "CPU", F32);
        var requests = new ArrayList<InferRequest>();
        var running = new ArrayList<CompletableFuture<?>>();
        for (int i = 0; i < 8; i++) {
            var request = model.create_infer_request();
            request.set_input_tensor(new Tensor(new int[] {1, 3}, new float[] {i, i, i}));
            requests.add(request);
        }
        for (int round = 0; round < 20; round++) {
            running.clear();
            requests.forEach(request -> running.add(request.infer_async()));
            running.forEach(CompletableFuture::join);
        }

        for (int i = 0; i < 8; i++) {
            assertThat(requests.get(i).get_output_tensor().data()).containsOnly(2f * i);
        }
    }

    @Test
    void profilesNodes() {
        var properties = Map.of("PERF_COUNT", "YES", "INFERENCE_PRECISION_HINT", "f32");
        var request =
                core.compile_model(core.read_model(OnnxModel.doubling()), "CPU", properties)
                        .create_infer_request();
        request.set_input_tensor(new Tensor(new int[] {1, 3}, new float[3]));
        request.infer();

        assertThat(request.get_profiling_info())
                .isNotEmpty()
                .allSatisfy(info -> assertThat(info.nodeType()).isNotBlank());
    }

    @Test
    void exportsAndImports() throws Exception {
        var file = folder.resolve("exported");
        core.compile_model(core.read_model(OnnxModel.doubling()), "CPU", F32).export_model(file);
        var request = core.import_model(Files.readAllBytes(file), "CPU").create_infer_request();
        request.set_input_tensor(new Tensor(new int[] {1, 3}, new float[] {1, 2, 3}));
        request.infer();

        assertThat(request.get_output_tensor().data()).containsExactly(2, 4, 6);
    }

    @Test
    void readsLayouts() {
        assertThat(Layout.height_idx(new Layout("NCHW"))).isEqualTo(2);
        assertThat(Layout.width_idx(new Layout("NHWC"))).isEqualTo(2);
        assertThat(Layout.channels_idx(new Layout("N...C"))).isEqualTo(-1);
        assertThat(Layout.batch_idx(new Layout("[n,c,h,w]"))).isZero();
        assertThatThrownBy(() -> Layout.height_idx(new Layout("NC")))
                .hasMessageContaining("no dimension H");
        assertThatThrownBy(() -> new Layout("NN")).isInstanceOf(OpenVinoException.class);
    }

    @Test
    void saysWhatIsWrongWithALibrary() {
        assertThat(
                        NativeLibrary.open(
                                new dev.outrider.ai.natives.NativeLibraries.Place.Folder(folder)))
                .isEqualTo(
                        new NativeLibrary.State.Missing(
                                "there is no libopenvino_c.so in " + folder));
        assertThat(
                        NativeLibrary.open(
                                new dev.outrider.ai.natives.NativeLibraries.Place.None(
                                        "built without")))
                .isEqualTo(new NativeLibrary.State.Missing("built without"));
    }

    @Test
    void saysWhatIsWrongWithALibraryThatIsNone() throws Exception {
        Files.writeString(folder.resolve("libopenvino_c.so"), "no library");

        assertThat(
                        NativeLibrary.open(
                                new dev.outrider.ai.natives.NativeLibraries.Place.Folder(folder)))
                .isInstanceOfSatisfying(
                        NativeLibrary.State.Missing.class,
                        missing -> assertThat(missing.reason()).contains("cannot load OpenVINO"));
    }

    @Test
    void readsNoWeightsFromOutsideOfTheModelsFolder() throws Exception {
        var secret = Files.write(folder.resolve("secret.bin"), new byte[12]);
        var inner = Files.createDirectories(folder.resolve("model"));
        for (String location : List.of("../secret.bin", secret.toAbsolutePath().toString())) {
            var onnx =
                    new OnnxModel()
                            .outside("w", location, 1, 3)
                            .input("x", OnnxModel.FLOAT, 1, 3)
                            .node("Add", List.of("x", "w"), List.of("y"))
                            .output("y", OnnxModel.FLOAT, 1, 3);
            var file = Files.write(inner.resolve("a.onnx"), onnx.toByteArray());

            assertThatThrownBy(() -> core.read_model(file.toString()))
                    .as(location)
                    .isInstanceOf(OpenVinoException.class);
        }
    }

    @Test
    void refusesFilesThatAreNoModels() throws Exception {
        for (String name : List.of("a.xml", "a.onnx", "a.tflite", "a.pb")) {
            var file = Files.writeString(folder.resolve(name), "certainly no model");

            assertThatThrownBy(() -> core.read_model(file.toString()))
                    .as(name)
                    .isInstanceOf(OpenVinoException.class);
        }
        assertThatThrownBy(() -> core.read_model("nowhere.xml"))
                .hasMessage("there is no file nowhere.xml");
    }
}
