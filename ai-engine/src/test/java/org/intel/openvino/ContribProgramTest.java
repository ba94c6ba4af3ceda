package org.intel.openvino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.ai.testing.IrModel;
import dev.outrider.ai.testing.Natives;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program written for openvino_contrib's API, compiled by itself and run. */
final class ContribProgramTest {
    private static final String PROGRAM =
            """
            import java.util.*;
            import org.intel.openvino.*;

            public class Program {
                public static String run(String xmlPath) throws Exception {
                    StringBuilder said = new StringBuilder();
                    Core core = new Core();
                    for (String device : core.get_available_devices()) {
                        List<String> keys = core.get_property(device, "SUPPORTED_PROPERTIES").asList();
                        said.append(device).append(' ').append(keys.contains("NUM_STREAMS")).append(' ');
                        String name = core.get_property(device, "FULL_DEVICE_NAME").asString();
                        said.append(!name.isEmpty()).append('\\n');
                    }
                    Map<String, String> config = new HashMap<String, String>() {{ put("NUM_STREAMS", "1"); }};
                    core.set_property("CPU", config);
                    int requests = core.get_property("CPU", "OPTIMAL_NUMBER_OF_INFER_REQUESTS").asInt();
                    said.append("requests ").append(requests).append('\\n');

                    Model net = core.read_model(xmlPath);
                    byte[] pixels = new byte[32 * 32 * 3];
                    Arrays.fill(pixels, (byte) 255);
                    Tensor picture = new Tensor(ElementType.u8, new int[] {1, 32, 32, 3}, pixels);
                    PrePostProcessor p = new PrePostProcessor(net);
                    p.input()
                            .tensor()
                            .set_element_type(ElementType.u8)
                            .set_layout(new Layout("NHWC"))
                            .set_spatial_static_shape(32, 32);
                    p.input().preprocess().convert_element_type(ElementType.f32).scale(255.0f);
                    p.input().preprocess().resize(ResizeAlgorithm.RESIZE_LINEAR);
                    p.input().model().set_layout(new Layout("NCHW"));
                    p.output().tensor().set_element_type(ElementType.f32);
                    p.build();
                    said.append("batch ").append(net.get_batch().get_length()).append('\\n');

                    CompiledModel compiled = core.compile_model(net, "CPU");
                    List<Output> inputs = compiled.inputs();
                    said.append(inputs.get(0).get_any_name()).append(' ')
                            .append(inputs.get(0).get_element_type()).append(' ')
                            .append(Arrays.toString(inputs.get(0).get_shape())).append('\\n');
                    ArrayList<Output> outputs = net.outputs();
                    PartialShape shape = outputs.get(0).get_partial_shape();
                    said.append(shape.get_dimension(1).get_length()).append(' ')
                            .append(Arrays.toString(shape.get_max_shape())).append('\\n');

                    InferRequest request = compiled.create_infer_request();
                    request.set_input_tensor(picture);
                    request.infer();
                    Tensor result = request.get_output_tensor();
                    float[] answer = result.data();
                    int[] dims = result.get_shape();
                    said.append(dims[1]).append(" classes, the last has ").append(answer[9]).append('\\n');
                    request.start_async();
                    request.wait_async();
                    said.append("again ").append(request.get_output_tensor(0).data()[1]).append('\\n');
                    try {
                        request.set_input_tensor(new Tensor(new int[] {1, 32, 32, 3}, new float[3072]));
                    } catch (Exception e) {
                        said.append(e.getMessage().contains("u8")).append('\\n');
                    }
                    request.release();
                    return said.toString();
                }
            }
            """;

    @TempDir Path folder;

    @Test
    void compilesAndRunsUnchanged() throws Exception {
        Natives.assumeOpenVino();

        var said = run(IrModel.write(folder).toString());

        assertThat(said)
                .isEqualTo(
                        """
                        CPU true true
                        requests 1
                        batch 1
                        data u8 [1, 32, 32, 3]
                        10 [1, 10]
                        10 classes, the last has 27648.0
                        again 3072.0
                        true
                        """);
    }

    private String run(String model) throws Exception {
        compile(Files.writeString(folder.resolve("Program.java"), PROGRAM));
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            return (String)
                    loader.loadClass("Program").getMethod("run", String.class).invoke(null, model);
        }
    }

    private void compile(Path source) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        var options =
                List.of(
                        "-d",
                        folder.toString(),
                        "-proc:none",
                        "-classpath",
                        System.getProperty("java.class.path"));
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled =
                    compiler.getTask(
                                    new PrintWriter(said, true),
                                    files,
                                    null,
                                    options,
                                    null,
                                    files.getJavaFileObjects(source))
                            .call();
            assertThat(compiled).as(said.toString()).isTrue();
        }
    }
}
