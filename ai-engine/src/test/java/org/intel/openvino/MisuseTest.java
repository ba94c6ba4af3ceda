package org.intel.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.testing.IrModel;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.OnnxModel;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends the process, or reads memory of others, when it is done to the C library. */
final class MisuseTest {
    private static final Map<String, String> F32 = Map.of("INFERENCE_PRECISION_HINT", "f32");

    @TempDir Path folder;
    private Core core;
    private CompiledModel model;
    private InferRequest request;

    @BeforeEach
    void open() {
        Natives.assumeOpenVino();
        core = new Core();
        model = core.compile_model(core.read_model(OnnxModel.doubling()), "CPU", F32);
        request = model.create_infer_request();
    }

    private static Tensor row(float... values) {
        return new Tensor(new int[] {1, values.length}, values);
    }

    @Test
    void aClosedObjectCannotBeUsed() {
        var tensor = row(1, 2, 3);
        request.close();
        tensor.close();

        assertThatThrownBy(() -> request.infer())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this InferRequest is closed");
        assertThatThrownBy(tensor::data).hasMessage("this Tensor is closed");
        assertThatThrownBy(() -> model.create_infer_request().set_input_tensor(tensor))
                .hasMessage("this Tensor is closed");
    }

    @Test
    void closingTwiceIsAllowed() {
        request.close();
        request.release();
        core.close();
        core.close();

        assertThatThrownBy(core::get_available_devices).hasMessage("this Core is closed");
    }

    @Test
    void aRequestOutlivesWhatItCameFrom() {
        core.close();
        model.close();
        request.set_input_tensor(row(1, 2, 3));
        request.infer();

        assertThat(request.get_output_tensor().data()).containsExactly(2, 4, 6);
    }

    @Test
    void aTensorClosedAfterItWasSetStillCounts() {
        var tensor = row(1, 2, 3);
        request.set_input_tensor(tensor);
        tensor.close();
        request.infer();

        assertThat(request.get_output_tensor().data()).containsExactly(2, 4, 6);
    }

    @Test
    void memoryThatWasClosedIsNotComputedFrom() {
        try (var arena = Arena.ofShared()) {
            var memory = arena.allocate(12, 64);
            request.set_input_tensor(new Tensor(ElementType.f32, new long[] {1, 3}, memory));
            request.infer();
        }

        assertThatThrownBy(() -> request.infer())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("memory of this tensor is closed");
    }

    @Test
    void aMappedFileThatWasClosedIsNotComputedFrom() throws IOException {
        var file = Files.write(folder.resolve("mapped"), new byte[4096]);
        try (var arena = Arena.ofShared();
                var channel = FileChannel.open(file)) {
            var mapped = channel.map(MapMode.READ_ONLY, 0, 4096, arena);
            request.set_input_tensor(new Tensor(ElementType.f32, new long[] {1, 3}, mapped));
            request.infer();
        }

        assertThatThrownBy(() -> request.infer()).hasMessageContaining("is closed");
    }

    @Test
    void memoryCannotBeClosedWhileItIsComputedFrom() {
        var large = core.compile_model(core.read_model(slow()), "CPU", F32);
        var slow = large.create_infer_request();
        var arena = Arena.ofShared();
        var memory = arena.allocate(4L * 3 * 512 * 512, 64);
        slow.set_input_tensor(new Tensor(ElementType.f32, new long[] {1, 3, 512, 512}, memory));
        var done = slow.infer_async();
        boolean held = false;
        while (memory.scope().isAlive()) {
            try {
                arena.close();
            } catch (IllegalStateException e) {
                held = true; // "Session is acquired by 1 clients"
            }
        }

        if (held) {
            assertThat(done).succeedsWithin(Duration.ofMinutes(1));
        } else {
            assertThatThrownBy(slow::wait_async).hasMessageContaining("closed");
        }
    }

    /** Takes a while. */
    private static byte[] slow() {
        var onnx = new OnnxModel().weight("kernel", new float[64 * 3 * 49], 64, 3, 7, 7);
        return onnx.input("x", OnnxModel.FLOAT, 1, 3, 512, 512)
                .node(
                        "Conv",
                        List.of("x", "kernel"),
                        List.of("y"),
                        OnnxModel.ints("kernel_shape", 7, 7))
                .output("y", OnnxModel.FLOAT, 1, 64, 506, 506)
                .toByteArray();
    }

    @Test
    void memoryMustHoldTheWholeShape() {
        try (var arena = Arena.ofConfined()) {
            var small = arena.allocate(64, 64);

            assertThatThrownBy(() -> new Tensor(ElementType.f32, new long[] {1, 3, 64, 64}, small))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "a tensor f32 of shape [1, 3, 64, 64] needs 49152 bytes, the memory has 64");
        }
    }

    @Test
    void memoryOfTheHeapIsRefused() {
        var heap = MemorySegment.ofArray(new float[3]);

        assertThatThrownBy(() -> new Tensor(ElementType.f32, new long[] {1, 3}, heap))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Java heap");
    }

    @Test
    void anArrayMustFillTheShape() {
        assertThatThrownBy(() -> new Tensor(new int[] {1, 3}, new float[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an array of 2 numbers does not match the tensor shape [1, 3]");
        assertThatThrownBy(() -> new Tensor(ElementType.f32, new int[] {3}, new byte[3]))
                .hasMessageContaining("only u8 and i8");
        assertThatThrownBy(() -> new Tensor(ElementType.u8, new int[] {1}, 0L))
                .hasMessageContaining("address 0");
    }

    @Test
    void sizesMustMakeSense() {
        assertThatThrownBy(() -> new Tensor(ElementType.f32, 1, -3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("negative size");
        assertThatThrownBy(() -> new Tensor(ElementType.f32, 1L << 40, 1L << 40))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too large");
        assertThatThrownBy(() -> new Tensor(ElementType.string, 1))
                .hasMessageContaining("have no size");
        assertThatThrownBy(() -> new Dimension(9, 3)).hasMessageContaining("9..3");
    }

    @Test
    void elementsAreReadAsWhatTheyAre() {
        try (var tensor = row(1, 2, 3)) {
            assertThatThrownBy(tensor::as_int)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("f32");
            assertThatThrownBy(tensor::as_byte).hasMessageContaining("only u8 and i8");
        }
    }

    @Test
    void anInputNobodySetIsNotComputedFrom() {
        assertThatThrownBy(() -> request.infer())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("input 0 (x) of this model was never set");
    }

    @Test
    void anInputMayBeSetByItsName() {
        request.set_tensor("x", row(1, 2, 3));
        request.infer();

        assertThat(request.get_tensor("y").data()).containsExactly(2, 4, 6);
    }

    @Test
    void whatBelongsToARequestIsOnlyLent() {
        request.set_input_tensor(row(1, 2, 3));
        request.infer();
        var output = request.get_output_tensor();
        var kept = new AtomicReference<MemorySegment>();
        output.read(bytes -> {
            kept.set(bytes);
            return bytes.byteSize();
        });

        assertThatThrownBy(output::segment).hasMessageContaining("belongs to a request");
        assertThatThrownBy(() -> kept.get().get(java.lang.foreign.ValueLayout.JAVA_FLOAT, 0))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() ->
                        output.read(bytes -> {
                            request.infer();
                            return 0;
                        }))
                .hasMessageContaining("this request is busy");
    }

    @Test
    void aCallbackThatThrowsHarmsNobody() {
        var told = new CountDownLatch(1);
        request.set_callback(failure -> {
            told.countDown();
            throw new IllegalStateException("thrown from the callback");
        });
        request.set_input_tensor(row(1, 2, 3));
        request.start_async();
        request.wait_async();

        assertThat(told.getCount()).isZero();
        assertThat(request.get_output_tensor().data()).containsExactly(2, 4, 6);
    }

    @Test
    void closingWhatComputesWaitsForItsEnd() {
        for (int i = 0; i < 50; i++) {
            var other = model.create_infer_request();
            other.set_input_tensor(row(1, 2, 3));
            var done = other.infer_async();
            other.close();

            done.exceptionally(
                            failure -> {
                                assertThat(failure).hasMessageContaining("closed");
                                return null;
                            })
                    .join();
        }
    }

    @Test
    void aRequestServesOneThreadAtATime() throws Exception {
        request.set_input_tensor(row(1, 2, 3));
        var other = new AtomicReference<Throwable>();
        var thread =
                Thread.ofPlatform()
                        .start(() -> {
                            for (int i = 0; i < 2000; i++) {
                                try {
                                    request.infer();
                                } catch (IllegalStateException e) {
                                    other.set(e);
                                }
                            }
                        });
        for (int i = 0; i < 2000; i++) {
            try {
                request.infer();
            } catch (IllegalStateException e) {
                other.set(e);
            }
        }
        thread.join();

        if (other.get() != null) {
            assertThat(other.get()).hasMessageContaining("one request per thread");
        }
        assertThat(request.get_output_tensor().data()).containsExactly(2, 4, 6);
    }

    @Test
    void partsOfAClosedPrePostProcessorCannotBeUsed() {
        var processor = new PrePostProcessor(core.read_model(OnnxModel.doubling()));
        var steps = processor.input().preprocess();
        processor.close();

        assertThatThrownBy(() -> steps.scale(2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this PrePostProcessor is closed");
    }

    @Test
    void stepsAreBuiltOnce() {
        var processor = new PrePostProcessor(core.read_model(OnnxModel.doubling()));
        processor.input().preprocess().scale(2);
        processor.build();

        assertThatThrownBy(processor::build).hasMessageContaining("built into the model");
        assertThatThrownBy(processor::input).hasMessageContaining("built into the model");
    }

    @Test
    void propertiesNeedKeysAndValues() {
        var nothing = new HashMap<String, String>();
        nothing.put("NUM_STREAMS", null);

        assertThatThrownBy(() -> core.set_property("CPU", nothing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("NUM_STREAMS has no value");
        assertThatThrownBy(() -> core.get_property("CPU\0", "NUM_STREAMS"))
                .hasMessageContaining("zero character");
        assertThatThrownBy(() -> core.get_property("NOWHERE", "NUM_STREAMS"))
                .isInstanceOf(OpenVinoException.class)
                .hasMessageContaining("NOWHERE");
    }

    @Test
    void aFileThatIsCutShortAfterReadingDoesNotMatter() throws IOException {
        var net = core.read_model(IrModel.write(folder).toString());
        try (var weights = FileChannel.open(folder.resolve("tiny.bin"), StandardOpenOption.WRITE)) {
            weights.truncate(0);
        }
        var other = core.compile_model(net, "CPU", F32).create_infer_request();
        var picture = new float[3 * IrModel.SIDE * IrModel.SIDE];
        Arrays.fill(picture, 1);
        other.set_input_tensor(new Tensor(new int[] {1, 3, IrModel.SIDE, IrModel.SIDE}, picture));
        other.infer();

        assertThat(other.get_output_tensor().data()[2]).isEqualTo(2 * 3072);
    }

    @Test
    void weightsThatAreMissingOrShortAreRefused() throws IOException {
        var graph = IrModel.write(folder);
        Files.write(folder.resolve("tiny.bin"), Arrays.copyOf(IrModel.weights(), 60000));

        assertThatThrownBy(() -> core.read_model(graph.toString()))
                .isInstanceOf(OpenVinoException.class);
        Files.delete(folder.resolve("tiny.bin"));
        assertThatThrownBy(() -> core.read_model(graph.toString()))
                .isInstanceOf(OpenVinoException.class);
        assertThatThrownBy(() -> core.read_model(graph.toString(), "nowhere.bin"))
                .hasMessageContaining("there is no file nowhere.bin");
        assertThatThrownBy(() -> core.read_model(IrModel.xml(), new byte[1000]))
                .isInstanceOf(OpenVinoException.class);
    }

    @Test
    void weightsInMemoryLiveAsLongAsTheyAreUsed() {
        var net = core.read_model(IrModel.xml(), IrModel.weights());
        var other = core.compile_model(net, "CPU", F32).create_infer_request();
        net.close();
        System.gc();
        var picture = new float[3 * IrModel.SIDE * IrModel.SIDE];
        Arrays.fill(picture, 1);
        other.set_input_tensor(new Tensor(new int[] {1, 3, IrModel.SIDE, IrModel.SIDE}, picture));
        other.infer();

        assertThat(other.get_output_tensor().data()[9]).isEqualTo(9 * 3072);
    }

    @Test
    void damagedModelsAreRefusedOrReadButNeverEndTheProcess() {
        var whole = OnnxModel.colours();
        var random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            var damaged = i < whole.length ? Arrays.copyOf(whole, i + 1) : whole.clone();
            if (damaged.length == whole.length) {
                for (int k = 0; k < 4; k++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
            }
            try (var net = core.read_model(damaged)) {
                core.compile_model(net, "CPU", F32).close();
            } catch (OpenVinoException e) {
                refused++;
                assertThat(e.getMessage()).isNotBlank();
            }
        }

        assertThat(refused).isGreaterThan(100);
        assertThatThrownBy(() -> core.read_model(new byte[0])).hasMessageContaining("no bytes");
    }

    @Test
    void anInputOfTheWrongTypeIsRefused() {
        try (var bytes = new Tensor(ElementType.u8, new int[] {1, 3}, new byte[3])) {
            assertThatThrownBy(() -> request.set_input_tensor(bytes))
                    .isInstanceOf(OpenVinoException.class)
                    .hasMessageContaining("u8");
        }
        assertThatThrownBy(() -> request.set_input_tensor(1, row(1, 2, 3)))
                .isInstanceOf(OpenVinoException.class);
        assertThatThrownBy(() -> request.get_output_tensor(5))
                .isInstanceOf(OpenVinoException.class);
    }

    @Test
    void whatTheCApiLacksIsSaid() {
        var net = core.read_model(OnnxModel.doubling());

        assertThatThrownBy(() -> Openvino.serialize(net, "a.xml", "a.bin"))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() ->
                        new PrePostProcessor(net)
                                .input()
                                .preprocess()
                                .resize(ResizeAlgorithm.RESIZE_BICUBIC_PILLOW))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
