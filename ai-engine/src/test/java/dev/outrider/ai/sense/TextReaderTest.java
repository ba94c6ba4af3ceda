package dev.outrider.ai.sense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.openvino.Devices;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.OnnxModel;
import java.awt.Color;
import java.awt.Font;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** PaddleOCR's models on a drawn sign; skipped where they cannot be fetched. */
@Tag("real-model")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TextReaderTest {
    private TextReader reader;

    @BeforeAll
    void open() {
        Natives.assumeOpenVino();
        reader =
                TextReader.open(
                        Natives.assumeFile(TextReader.FINDER),
                        Natives.assumeFile(TextReader.READER),
                        Devices.CPU);
    }

    @AfterAll
    void close() {
        if (reader != null) {
            reader.close();
        }
    }

    private static Picture sign() {
        var image = new BufferedImage(640, 320, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(new Color(235, 235, 230));
        graphics.fillRect(0, 0, 640, 320);
        graphics.setColor(new Color(20, 20, 60));
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 56));
        graphics.drawString("DOCK 7", 60, 110);
        graphics.setColor(new Color(160, 20, 20));
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 34));
        graphics.drawString("Caution: robot", 300, 230);
        graphics.dispose();
        return Picture.of(image);
    }

    @Test
    void readsASignInOrder() {
        var lines = reader.read(sign(), 0.5);

        assertThat(lines)
                .extracting(TextReader.Line::text)
                .containsExactly("DOCK 7", "Caution: robot");
        assertThat(lines).allSatisfy(line -> assertThat(line.score()).isGreaterThan(0.8));
        assertThat(lines.getFirst().box().place()).isEqualTo("upper left");
    }

    @Test
    void readsNothingWhereNothingIsWritten() {
        assertThat(reader.read(new Picture(200, 100, new byte[3 * 200 * 100]), 0.5)).isEmpty();
    }

    @Test
    void refusesAReaderWithoutAlphabet(@TempDir Path folder) throws Exception {
        var other = Files.write(folder.resolve("a.onnx"), OnnxModel.doubling());

        assertThatThrownBy(() -> TextReader.open(other, other, Devices.CPU))
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("has no alphabet");
        var damaged = Files.write(folder.resolve("b.onnx"), new byte[] {58, 127, 1});
        assertThatThrownBy(() -> TextReader.open(other, damaged, Devices.CPU))
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("damaged at byte");
    }
}
