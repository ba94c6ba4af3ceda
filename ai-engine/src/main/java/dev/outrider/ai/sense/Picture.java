package dev.outrider.ai.sense;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A picture in red, green and blue.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rgb three bytes a pixel, row by row from the top left
 */
@SuppressWarnings("ArrayRecordComponent") // a picture is not compared
public record Picture(int width, int height, byte[] rgb) {
    private static final long MOST_BYTES = 256L << 20;
    private static final long MOST_PIXELS = 64L << 20;

    public Picture {
        if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    "a picture of %d x %d with %d bytes".formatted(width, height, rgb.length));
        }
    }

    /**
     * Reads PNG, JPEG, GIF or BMP.
     *
     * @throws SenseException if the file is none of these, damaged, or larger than 64 megapixels
     */
    public static Picture read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new SenseException("there is no picture " + file);
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new SenseException(
                        "%s has %,d MB; pictures may have %,d"
                                .formatted(file, Files.size(file) >> 20, MOST_BYTES >> 20));
            }
            return decode(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw new SenseException("cannot read %s: %s".formatted(file, e), e);
        }
    }

    /** Reads PNG, JPEG, GIF or BMP from memory; the name is for messages. */
    public static Picture decode(byte[] bytes, String name) {
        try (var stream = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            return decode(stream, name);
        } catch (SenseException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // ImageIO's readers throw whatever they stumble over in a damaged file
            throw new SenseException("%s is damaged: %s".formatted(name, e.getMessage()), e);
        }
    }

    private static Picture decode(ImageInputStream stream, String name) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
        if (!readers.hasNext()) {
            throw new SenseException(name + " is no PNG, JPEG, GIF or BMP");
        }
        var reader = readers.next();
        try {
            reader.setInput(stream, true, true); // what is written beside may be huge
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            if (pixels > MOST_PIXELS) {
                throw new SenseException(
                        "%s has %d x %d pixels; pictures may have 64 million"
                                .formatted(name, reader.getWidth(0), reader.getHeight(0)));
            }
            return of(reader.read(0));
        } finally {
            reader.dispose();
        }
    }

    /** Takes a picture over; what is transparent becomes white. */
    public static Picture of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        var plain = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = plain.createGraphics();
        graphics.drawImage(image, 0, 0, Color.WHITE, null);
        graphics.dispose();
        var row = new int[width];
        var rgb = new byte[3 * width * height];
        int at = 0;
        for (int y = 0; y < height; y++) {
            plain.getRGB(0, y, width, 1, row, 0, width);
            for (int pixel : row) {
                rgb[at++] = (byte) (pixel >> 16);
                rgb[at++] = (byte) (pixel >> 8);
                rgb[at++] = (byte) pixel;
            }
        }
        return new Picture(width, height, rgb);
    }

    /** As Java's own kind of picture, to draw on. */
    public BufferedImage toImage() {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < width; x++, at += 3) {
                image.setRGB(
                        x,
                        y,
                        (rgb[at] & 255) << 16 | (rgb[at + 1] & 255) << 8 | (rgb[at + 2] & 255));
            }
        }
        return image;
    }

    /** In another size, smoothly. */
    public Picture resized(int newWidth, int newHeight) {
        var image = new BufferedImage(newWidth, newHeight, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(toImage(), 0, 0, newWidth, newHeight, null);
        graphics.dispose();
        return of(image);
    }

    /** The part in a box. */
    public Picture cropped(int left, int top, int cropWidth, int cropHeight) {
        var part = new byte[3 * cropWidth * cropHeight];
        for (int y = 0; y < cropHeight; y++) {
            System.arraycopy(
                    rgb, 3 * ((top + y) * width + left), part, 3 * y * cropWidth, 3 * cropWidth);
        }
        return new Picture(cropWidth, cropHeight, part);
    }
}
