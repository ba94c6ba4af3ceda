package dev.outrider.ai.sense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PictureTest {
    private static byte[] encoded(String format) throws IOException {
        var image = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, 16, 8);
        graphics.dispose();
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }

    @Test
    void readsWhatCamerasWrite(@TempDir Path folder) throws IOException {
        for (String format : new String[] {"png", "jpg", "bmp", "gif"}) {
            var file = Files.write(folder.resolve("a." + format), encoded(format));
            var picture = Picture.read(file);

            assertThat(picture.width()).isEqualTo(20);
            assertThat(picture.height()).isEqualTo(10);
            assertThat(picture.rgb()[3 * (4 * 20 + 3)] & 255).as(format).isGreaterThan(100);
        }
    }

    @Test
    void refusesWhatIsNoPicture(@TempDir Path folder) throws IOException {
        var text = Files.writeString(folder.resolve("a.png"), "certainly no picture");

        assertThatThrownBy(() -> Picture.read(text))
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("no PNG");
        assertThatThrownBy(() -> Picture.read(folder)).hasMessageContaining("there is no picture");
        assertThatThrownBy(() -> Picture.decode(new byte[0], "nothing"))
                .isInstanceOf(SenseException.class);
    }

    @Test
    void survivesDamage() throws IOException {
        var random = new Random(5);
        for (String format : new String[] {"png", "jpg", "bmp", "gif"}) {
            var whole = encoded(format);
            for (int i = 0; i < 300; i++) {
                var damaged =
                        i % 3 == 0
                                ? Arrays.copyOf(whole, random.nextInt(whole.length))
                                : whole.clone();
                for (int k = 0; k < 3 && damaged.length > 0; k++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                try {
                    assertThat(Picture.decode(damaged, format).width()).isPositive();
                } catch (SenseException e) {
                    assertThat(e).hasMessageContaining(format);
                }
            }
        }
    }

    @Test
    void refusesTooManyPixelsBeforeItMakesRoomForThem() throws IOException {
        var png = encoded("png");
        var header = ByteBuffer.wrap(png);
        header.putInt(16, 60000).putInt(20, 60000);
        var sum = new CRC32();
        sum.update(png, 12, 17);
        header.putInt(29, (int) sum.getValue());

        assertThatThrownBy(() -> Picture.decode(png, "large"))
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("60000 x 60000");
    }

    @Test
    void refusesTooManyPixelsOfEveryKind() throws IOException {
        var bmp = encoded("bmp");
        ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(18, 60000).putInt(22, 60000);
        var gif = encoded("gif");
        int descriptor = 13 + 3 * (2 << (gif[10] & 7)); // behind the table of colours
        while (gif[descriptor] != 0x2C) {
            descriptor++;
        }
        ByteBuffer.wrap(gif)
                .putShort(descriptor + 5, (short) 0xFFFF)
                .putShort(descriptor + 7, (short) 0xFFFF);
        var jpeg = encoded("jpg");
        int frame = 0; // the marker that begins a frame
        while ((jpeg[frame] & 255) != 0xFF || (jpeg[frame + 1] & 255) != 0xC0) {
            frame++;
        }
        ByteBuffer.wrap(jpeg)
                .putShort(frame + 5, (short) 0xFFFF)
                .putShort(frame + 7, (short) 0xFFFF);

        for (byte[] bomb : List.of(bmp, gif, jpeg)) {
            assertThatThrownBy(() -> Picture.decode(bomb, "large"))
                    .isInstanceOf(SenseException.class)
                    .hasMessageStartingWith("large ");
        }
    }

    @Test
    void unpacksNoTextThatIsHiddenInAPicture() throws IOException {
        var png = encoded("png");
        var packed = new ByteArrayOutputStream();
        packed.writeBytes("Comment\0\0".getBytes(StandardCharsets.ISO_8859_1));
        try (var deflater = new DeflaterOutputStream(packed, new Deflater(1))) {
            var zeros = new byte[1 << 20];
            for (int i = 0; i < 20; i++) {
                deflater.write(zeros);
            }
        }
        var bomb = ByteBuffer.allocate(png.length + packed.size() + 12);
        bomb.put(png, 0, 33); // the signature and the header
        bomb.putInt(packed.size()).put("zTXt".getBytes(StandardCharsets.ISO_8859_1));
        bomb.put(packed.toByteArray());
        var sum = new CRC32();
        sum.update(bomb.array(), 37, packed.size() + 4);
        bomb.putInt((int) sum.getValue()).put(png, 33, png.length - 33);

        assertThat(Picture.decode(bomb.array(), "bomb").width()).isEqualTo(20);
    }

    @Test
    void cutsAndResizes() {
        var rgb = new byte[3 * 4 * 2];
        rgb[3 * 5] = 77; // second row, second column
        var picture = new Picture(4, 2, rgb);

        assertThat(picture.cropped(1, 1, 2, 1).rgb()[0]).isEqualTo((byte) 77);
        assertThat(picture.resized(8, 8).rgb()).hasSize(3 * 64);
        assertThatThrownBy(() -> new Picture(4, 3, rgb)).hasMessageContaining("4 x 3");
    }

    @Test
    void namesPlaces() {
        assertThat(new Box(0, 0, 0.2, 0.2).place()).isEqualTo("upper left");
        assertThat(new Box(0.4, 0.4, 0.6, 0.6).place()).isEqualTo("middle");
        assertThat(new Box(0.8, 0.3, 2, 0.6)).isEqualTo(new Box(0.8, 0.3, 1, 0.6));
    }
}
