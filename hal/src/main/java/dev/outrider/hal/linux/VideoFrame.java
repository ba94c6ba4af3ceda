package dev.outrider.hal.linux;

import java.io.ByteArrayOutputStream;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/**
 * A picture as a camera gives it.
 *
 * @param width in pixels
 * @param height in pixels
 * @param format how it is coded
 * @param bytesPerLine of a raw picture, from one line to the next; 0 of a JPEG
 * @param data as the camera wrote it
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
public record VideoFrame(int width, int height, Format format, int bytesPerLine, byte[] data) {

    /** The codings that are asked for, in that order. */
    public enum Format {
        /** A JPEG file, from many cameras without its Huffman tables. */
        MJPG,
        /** Two pixels in four bytes, Y U Y V, by ITU-R BT.601 with Y in 16..235. */
        YUYV;

        /** Its {@code V4L2_PIX_FMT_…} of videodev2.h. */
        int code() {
            String name = name();
            return name.charAt(0)
                    | name.charAt(1) << 8
                    | name.charAt(2) << 16
                    | name.charAt(3) << 24;
        }
    }

    /** Markers of a JPEG file. */
    private static final int TABLES = 0xC4;

    private static final int SCAN = 0xDA;
    private static final int CODE_LENGTHS = 16;

    public VideoFrame {
        if (width < 1 || height < 1 || width > 16384 || height > 16384) {
            throw new IllegalArgumentException("a picture of %d x %d".formatted(width, height));
        }
        boolean raw = format == Format.YUYV;
        if (raw && (width % 2 != 0 || bytesPerLine < 2 * width)) {
            throw new IllegalArgumentException(
                    "%d pixels in lines of %d bytes".formatted(width, bytesPerLine));
        }
        if (raw && data.length < (long) bytesPerLine * (height - 1) + 2L * width) {
            throw new IllegalArgumentException(
                    "a picture of %d x %d was cut short: %d bytes"
                            .formatted(width, height, data.length));
        }
    }

    /**
     * A raw picture in red, green and blue, three bytes a pixel, row by row from the top left.
     *
     * @throws IllegalStateException if it is a JPEG, which is a decoder's business
     */
    public byte[] rgb() {
        if (format != Format.YUYV) {
            throw new IllegalStateException("a picture coded as " + format);
        }
        byte[] rgb = new byte[3 * width * height];
        int to = 0;
        for (int line = 0; line < height; line++) {
            int from = line * bytesPerLine;
            for (int x = 0; x < width; x += 2, from += 4) {
                int u = (data[from + 1] & 255) - 128;
                int v = (data[from + 3] & 255) - 128;
                to = pixel(rgb, to, data[from] & 255, u, v);
                to = pixel(rgb, to, data[from + 2] & 255, u, v);
            }
        }
        return rgb;
    }

    /**
     * A JPEG file that every decoder reads: where the camera left the Huffman tables out, which
     * Motion JPEG allows, they are those of the standard.
     *
     * @throws IllegalStateException if it is a raw picture
     * @throws IllegalArgumentException if it is damaged
     */
    public byte[] jpeg() {
        if (format != Format.MJPG) {
            throw new IllegalStateException("a picture coded as " + format);
        }
        int at = 2;
        boolean tables = false;
        while (at + 4 <= data.length && (data[at] & 255) == 0xFF && marker(at) != SCAN) {
            tables |= marker(at) == TABLES;
            at += 2 + length(at);
        }
        if (at + 4 > data.length || (data[at] & 255) != 0xFF) {
            throw new IllegalArgumentException("a damaged JPEG of %d bytes".formatted(data.length));
        }
        return tables ? data : withTables(at);
    }

    private int marker(int at) {
        return data[at + 1] & 255;
    }

    private int length(int at) {
        return ((data[at + 2] & 255) << 8) | (data[at + 3] & 255);
    }

    private byte[] withTables(int at) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(data.length + 512);
        out.write(data, 0, at);
        table(out, 0x00, JPEGHuffmanTable.StdDCLuminance);
        table(out, 0x01, JPEGHuffmanTable.StdDCChrominance);
        table(out, 0x10, JPEGHuffmanTable.StdACLuminance);
        table(out, 0x11, JPEGHuffmanTable.StdACChrominance);
        out.write(data, at, data.length - at);
        return out.toByteArray();
    }

    private static void table(ByteArrayOutputStream out, int number, JPEGHuffmanTable table) {
        int length = 2 + 1 + CODE_LENGTHS + table.getValues().length;
        out.write(0xFF);
        out.write(TABLES);
        out.write(length >> 8);
        out.write(length);
        out.write(number);
        for (int i = 0; i < CODE_LENGTHS; i++) {
            out.write(i < table.getLengths().length ? table.getLengths()[i] : 0);
        }
        for (short value : table.getValues()) {
            out.write(value);
        }
    }

    /** BT.601 in 256ths: R = 1.164 (Y - 16) + 1.596 V, and so on. */
    private static int pixel(byte[] rgb, int at, int y, int u, int v) {
        int light = 298 * (y - 16) + 128;
        rgb[at] = level(light + 409 * v);
        rgb[at + 1] = level(light - 100 * u - 208 * v);
        rgb[at + 2] = level(light + 516 * u);
        return at + 3;
    }

    private static byte level(int scaled) {
        return (byte) Math.clamp(scaled >> 8, 0, 255);
    }
}
