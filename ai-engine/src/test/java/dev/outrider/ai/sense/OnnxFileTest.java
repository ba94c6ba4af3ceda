package dev.outrider.ai.sense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.OnnxModel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.intel.openvino.Core;
import org.intel.openvino.Tensor;
import org.junit.jupiter.api.Test;

final class OnnxFileTest {
    /** The first case doubles, the other one triples; both use a weight from outside. */
    private static byte[] merged() {
        var doubling =
                new OnnxModel()
                        .node("Mul", List.of("x", "two"), List.of("inner"))
                        .node("Identity", List.of("x"), List.of("unwanted"))
                        .output("inner", OnnxModel.FLOAT, 1, 3)
                        .output("unwanted", OnnxModel.FLOAT, 1, 3);
        var tripling =
                new OnnxModel()
                        .weight("one", new float[] {1}, 1)
                        .node("Add", List.of("two", "one"), List.of("three"))
                        .node("Mul", List.of("x", "three"), List.of("y"))
                        .node("Identity", List.of("x"), List.of("unwanted"))
                        .output("y", OnnxModel.FLOAT, 1, 3)
                        .output("unwanted", OnnxModel.FLOAT, 1, 3);
        return new OnnxModel()
                .weight("two", new float[] {2}, 1)
                .input("x", OnnxModel.FLOAT, 1, 3)
                .input("use_cache", OnnxModel.BOOL, 1)
                .node(
                        "If",
                        List.of("use_cache"),
                        List.of("y", "present"),
                        OnnxModel.branch("then_branch", doubling),
                        OnnxModel.branch("else_branch", tripling))
                .output("y", OnnxModel.FLOAT, 1, 3)
                .output("present", OnnxModel.FLOAT, 1, 3)
                .toByteArray();
    }

    private static float[] computed(byte[] onnx) {
        var core = new Core();
        var model =
                core.compile_model(
                        core.read_model(onnx), "CPU", Map.of("INFERENCE_PRECISION_HINT", "f32"));
        assertThat(model.inputs()).hasSize(1);
        assertThat(model.outputs()).hasSize(1);
        var request = model.create_infer_request();
        request.set_input_tensor(new Tensor(new int[] {1, 3}, new float[] {1, 2, 3}));
        request.infer();
        return request.get_tensor("y").data();
    }

    @Test
    void takesAMergedDecoderApart() {
        Natives.assumeOpenVino();
        var file = new OnnxFile(merged());

        assertThat(computed(file.branch("then_branch", "y"::equals))).containsExactly(2, 4, 6);
        assertThat(computed(file.branch("else_branch", "y"::equals))).containsExactly(3, 6, 9);
    }

    /** As ONNX Runtime quantizes x·w: weights 1, 2, 3 as 130, 132, 134 of 0.5 from 128 on. */
    private static OnnxModel quantized(long[] channels, float[] scales, byte[] zeros) {
        return new OnnxModel()
                .weight("w", OnnxModel.UINT8, new byte[] {(byte) 130, (byte) 132, (byte) 134}, 3, 1)
                .weight("w_scale", scales, channels)
                .weight("w_zero", OnnxModel.UINT8, zeros, channels)
                .input("x", OnnxModel.FLOAT, 1, 3)
                .node("DynamicQuantizeLinear", List.of("x"), List.of("q", "s", "z"))
                .node("MatMulInteger", List.of("q", "w", "z", "w_zero"), List.of("p"))
                .node("Cast", List.of("p"), List.of("f"), OnnxModel.number("to", OnnxModel.FLOAT))
                .node("Mul", List.of("s", "w_scale"), List.of("both"))
                .node("Mul", List.of("f", "both"), List.of("y"))
                .node("Identity", List.of("s"), List.of("unwanted"))
                .output("y", OnnxModel.FLOAT, 1, 1)
                .output("unwanted", OnnxModel.FLOAT);
    }

    @Test
    void takesDynamicQuantizationOut() {
        Natives.assumeOpenVino();
        var one = quantized(new long[0], new float[] {0.5f}, new byte[] {(byte) 128});
        var perChannel = quantized(new long[] {1}, new float[] {0.5f}, new byte[] {(byte) 128});
        for (OnnxModel model : List.of(one, perChannel)) {
            var plain = new OnnxFile(model.toByteArray()).dequantized("y"::equals);

            assertThat(computed(plain)).containsExactly(1 + 4 + 9);
            assertThat(OnnxFile.plain(plain)).isSameAs(plain);
        }
    }

    @Test
    void convolutionsAreTakenOutToo() {
        Natives.assumeOpenVino();
        var model =
                new OnnxModel()
                        .weight("w", OnnxModel.UINT8, new byte[] {(byte) 131, (byte) 128}, 1, 1, 2)
                        .weight("w_scale", new float[] {2})
                        .weight("w_zero", OnnxModel.UINT8, new byte[] {(byte) 128})
                        .input("x", OnnxModel.FLOAT, 1, 3)
                        .weight("line", new long[] {1, 1, 3}, 3)
                        .weight("row", new long[] {1, 2}, 2)
                        .node("Reshape", List.of("x", "line"), List.of("u"))
                        .node("DynamicQuantizeLinear", List.of("u"), List.of("q", "s", "z"))
                        .node(
                                "ConvInteger",
                                List.of("q", "w", "z", "w_zero"),
                                List.of("p"),
                                OnnxModel.ints("kernel_shape", 2))
                        .node(
                                "Cast",
                                List.of("p"),
                                List.of("f"),
                                OnnxModel.number("to", OnnxModel.FLOAT))
                        .node("Mul", List.of("s", "w_scale"), List.of("both"))
                        .node("Mul", List.of("f", "both"), List.of("v"))
                        .node("Reshape", List.of("v", "row"), List.of("y"))
                        .output("y", OnnxModel.FLOAT, 1, 2);

        assertThat(computed(OnnxFile.plain(model.toByteArray()))).containsExactly(6, 12);
    }

    @Test
    void saysWhichOutputsAreMissing() {
        var file = new OnnxFile(OnnxModel.doubling());

        assertThatThrownBy(() -> file.dequantized("z"::equals))
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("none of the outputs");
    }

    @Test
    void refusesGraphsWithoutEnd() {
        var graph = new OnnxModel().node("Identity", List.of("a"), List.of("b"));
        for (int i = 0; i < 2000; i++) {
            graph =
                    new OnnxModel()
                            .node(
                                    "If",
                                    List.of("a"),
                                    List.of("b"),
                                    OnnxModel.branch("then_branch", graph));
        }
        var file = new OnnxFile(graph.output("b", OnnxModel.FLOAT, 1).toByteArray());

        assertThatThrownBy(() -> file.dequantized("b"::equals))
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("too deep");
    }

    @Test
    void saysWhatIsNoMergedDecoder() {
        assertThatThrownBy(
                        () -> new OnnxFile(OnnxModel.doubling()).branch("then_branch", n -> true))
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("has one If, this model has 0");
        assertThatThrownBy(() -> new OnnxFile(merged()).branch("other_branch", n -> true))
                .hasMessageContaining("no other_branch");
        assertThatThrownBy(() -> new OnnxFile(new byte[0]).branch("then_branch", n -> true))
                .hasMessageContaining("has no graph");
    }

    @Test
    void survivesDamage() {
        var whole = merged();
        var random = new Random(11);
        for (int i = 0; i < 1000; i++) {
            var damaged =
                    i % 2 == 0 ? whole.clone() : Arrays.copyOf(whole, random.nextInt(whole.length));
            for (int k = 0; k < 3 && damaged.length > 0; k++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(new OnnxFile(damaged).branch("then_branch", n -> true)).isNotNull();
                assertThat(new OnnxFile(damaged).metadata()).isNotNull();
                assertThat(OnnxFile.plain(damaged)).isNotNull();
            } catch (SenseException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }
}
