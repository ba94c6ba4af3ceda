package dev.outrider.hal.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.hal.linux.VideoFrame.Format;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoFrameTest {

    /** Two pixels each, as the standard's colour bars are coded. */
    private static final int[] WHITE = {235, 128, 235, 128};

    private static final int[] BLACK = {16, 128, 16, 128};
    private static final int[] RED = {82, 90, 82, 240};
    private static final int[] BLUE = {41, 240, 41, 110};

    @Test
    void coloursAreThoseOfTheStandard() {
        VideoFrame frame = new VideoFrame(4, 2, Format.YUYV, 8, bytes(WHITE, BLACK, RED, BLUE));

        byte[] rgb = frame.rgb();

        assertThat(rgb).hasSize(24);
        assertPixel(rgb, 0, 255, 255, 255);
        assertPixel(rgb, 1, 255, 255, 255);
        assertPixel(rgb, 2, 0, 0, 0);
        assertPixel(rgb, 4, 255, 0, 0);
        assertPixel(rgb, 7, 0, 0, 255);
    }

    @Test
    void aPixelsLightIsItsOwn() {
        VideoFrame frame =
                new VideoFrame(2, 1, Format.YUYV, 4, bytes(new int[] {235, 128, 16, 128}));

        assertPixel(frame.rgb(), 0, 255, 255, 255);
        assertPixel(frame.rgb(), 1, 0, 0, 0);
    }

    @Test
    void whatFillsALineUpIsNoPicture() {
        VideoFrame frame =
                new VideoFrame(2, 2, Format.YUYV, 8, bytes(WHITE, new int[4], BLACK, new int[4]));

        assertPixel(frame.rgb(), 0, 255, 255, 255);
        assertPixel(frame.rgb(), 2, 0, 0, 0);
    }

    @Test
    void aPictureThatIsCutShortOrOddIsRefused() {
        assertThatThrownBy(() -> new VideoFrame(4, 2, Format.YUYV, 8, new byte[15]))
                .hasMessageContaining("cut short: 15 bytes");
        assertThatThrownBy(() -> new VideoFrame(3, 2, Format.YUYV, 8, new byte[16]))
                .hasMessageContaining("3 pixels in lines of 8 bytes");
        assertThatThrownBy(() -> new VideoFrame(4, 2, Format.YUYV, 6, new byte[16]))
                .hasMessageContaining("lines of 6 bytes");
        assertThatThrownBy(() -> new VideoFrame(0, 2, Format.MJPG, 0, new byte[1]))
                .hasMessageContaining("0 x 2");
        assertThatThrownBy(() -> new VideoFrame(2, 2, Format.MJPG, 0, new byte[1]).rgb())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aMotionJpegWithoutItsHuffmanTablesIsAPicture() throws IOException {
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        image.createGraphics().fillRect(0, 0, 32, 48);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", out);
        byte[] whole = out.toByteArray();
        byte[] bare = withoutHuffmanTables(whole);

        BufferedImage read =
                ImageIO.read(
                        new ByteArrayInputStream(
                                new VideoFrame(64, 48, Format.MJPG, 0, bare).jpeg()));

        assertThat(bare.length).isLessThan(whole.length - 400);
        assertThat(read.getRGB(8, 8) & 255).isGreaterThan(240);
        assertThat(read.getRGB(56, 8) & 255).isLessThan(15);
        assertThat(new VideoFrame(64, 48, Format.MJPG, 0, whole).jpeg()).isEqualTo(whole);
    }

    @Test
    void aDamagedJpegIsRefused() {
        for (byte[] damaged :
                new byte[][] {{}, {-1}, {-1, -40, -1}, {-1, -40, -1, -32, 0, 99, 7}}) {
            assertThatThrownBy(() -> new VideoFrame(64, 48, Format.MJPG, 0, damaged).jpeg())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("damaged JPEG");
        }
    }

    /** As webcams send them. */
    private static byte[] withoutHuffmanTables(byte[] jpeg) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 2;
        out.write(jpeg, 0, at);
        while ((jpeg[at + 1] & 255) != 0xDA) {
            int length = 2 + (((jpeg[at + 2] & 255) << 8) | (jpeg[at + 3] & 255));
            if ((jpeg[at + 1] & 255) != 0xC4) {
                out.write(jpeg, at, length);
            }
            at += length;
        }
        out.write(jpeg, at, jpeg.length - at);
        return out.toByteArray();
    }

    @Test
    void codesAreThoseOfTheHeaders() {
        assertThat(Format.YUYV.code()).isEqualTo(0x56595559);
        assertThat(Format.MJPG.code()).isEqualTo(0x47504A4D);
    }

    @Test
    void whatIsNoCameraIsRefused(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("video0"));

        assertThatThrownBy(() -> VideoDevice.open(file))
                .isInstanceOf(LinuxException.class)
                .hasMessageContaining("ioctl(" + file);
        assertThatThrownBy(() -> VideoDevice.open(folder.resolve("video1")))
                .isInstanceOfSatisfying(
                        LinuxException.class,
                        e -> assertThat(e.errno()).isEqualTo(LinuxException.ENOENT));
    }

    private static void assertPixel(byte[] rgb, int pixel, int red, int green, int blue) {
        assertThat(rgb[3 * pixel] & 255).isBetween(red - 3, red + 3);
        assertThat(rgb[3 * pixel + 1] & 255).isBetween(green - 3, green + 3);
        assertThat(rgb[3 * pixel + 2] & 255).isBetween(blue - 3, blue + 3);
    }

    private static byte[] bytes(int[]... pairs) {
        byte[] bytes = new byte[4 * pairs.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) pairs[i / 4][i % 4];
        }
        return bytes;
    }
}
