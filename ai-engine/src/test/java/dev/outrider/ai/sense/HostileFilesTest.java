package dev.outrider.ai.sense;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.openvino.Devices;
import dev.outrider.ai.testing.IrModel;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever file a sense is given for a model, it says what is wrong with it and goes on. */
final class HostileFilesTest {
    @TempDir private Path folder;

    /** How a sense is opened with a file in place of each of its models. */
    private interface Opening {
        AutoCloseable open(Path file);
    }

    private static final Map<String, Opening> SENSES =
            Map.of(
                    "detector", file -> ObjectDetector.open(file, Devices.CPU),
                    "voice activity", file -> SpeechDetector.open(file, Devices.CPU),
                    "reader", file -> TextReader.open(file, file, Devices.CPU),
                    "embedder", file -> TextEmbedder.open(file, file, Devices.CPU),
                    "writer", file -> SpeechToText.open(file, file, file, Devices.CPU));

    @BeforeEach
    void assume() {
        Natives.assumeOpenVino();
    }

    private Map<String, Path> files() throws IOException {
        var onnx = OnnxModel.colours();
        var overlong = new byte[] {58, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
        var files = new LinkedHashMap<String, byte[]>();
        files.put("empty.onnx", new byte[0]);
        files.put("text.onnx", "certainly no model".getBytes(UTF_8));
        files.put("half.onnx", Arrays.copyOf(onnx, onnx.length / 2));
        files.put("truncated-varint.onnx", new byte[] {58, -1});
        files.put("overlong-varint.onnx", overlong);
        files.put("longer-than-it-is.onnx", new byte[] {58, -1, -1, -1, -1, 7});
        files.put("other.onnx", onnx);
        files.put("empty.tflite", new byte[0]);
        files.put(
                "offsets.tflite",
                "\u007f\u007f\u007f\u007fTFL3\u007f\u007f\u007f\u007f".getBytes(UTF_8));
        files.put("text.pb", "certainly no model".getBytes(UTF_8));
        files.put("graph-without-weights.xml", IrModel.xml());
        var written = new LinkedHashMap<String, Path>();
        for (var file : files.entrySet()) {
            written.put(file.getKey(), Files.write(folder.resolve(file.getKey()), file.getValue()));
        }
        written.put("nothing.onnx", folder.resolve("nothing.onnx"));
        written.put("folder", Files.createDirectories(folder.resolve("folder.onnx")));
        return written;
    }

    @Test
    void isToldFromAModelByEverySense() throws IOException {
        for (var file : files().entrySet()) {
            for (var sense : SENSES.entrySet()) {
                assertThatThrownBy(() -> sense.getValue().open(file.getValue()).close())
                        .as("%s as %s", file.getKey(), sense.getKey())
                        .isInstanceOf(SenseException.class)
                        .message()
                        .isNotBlank();
            }
        }
    }

    @Test
    void leavesNothingHalfImported() throws IOException {
        files();
        var half = folder.resolve("half.onnx");

        assertThatThrownBy(() -> Imported.of(half, ".plain.onnx", OnnxFile::plain))
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("half.onnx")
                .hasMessageContaining("damaged at byte");

        try (var all = Files.list(folder)) {
            assertThat(all.filter(file -> file.getFileName().toString().startsWith("half")))
                    .containsExactly(half);
        }
    }

    @Test
    void importsAgainWhatWasDamagedOrComesFromAnotherFile() throws IOException {
        var source = Files.write(folder.resolve("a.onnx"), OnnxModel.colours());
        var made = Imported.of(source, ".half", bytes -> Arrays.copyOf(bytes, 10));
        assertThat(made).hasSize(10);

        Files.write(made, new byte[] {1});
        assertThat(Imported.of(source, ".half", bytes -> Arrays.copyOf(bytes, 10))).hasSize(10);

        Files.write(source, OnnxModel.doubling());
        assertThat(Imported.of(source, ".half", bytes -> Arrays.copyOf(bytes, 12))).hasSize(12);
        assertThat(Imported.of(source, ".same", bytes -> bytes)).isEqualTo(source);
        assertThat(Imported.of(source, ".same", bytes -> new byte[0])).isEqualTo(source);
    }
}
