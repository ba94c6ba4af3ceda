package dev.outrider.ai.gguf;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes GGUF version 3 files: metadata, then F32 or F16 tensors whose rows are asked for one at a
 * time, so a file may be larger than memory, or tensors of zeros.
 */
public final class GgufWriter {
    private static final int ALIGNMENT = 32;
    private static final int BUFFER_BYTES = 1 << 16;

    private final GgufBytes entries = new GgufBytes();
    private final List<Source> sources = new ArrayList<>();
    private int entryCount;

    private record Source(
            TensorDescriptor tensor, TensorType type, @Nullable LongFunction<float[]> rows) {}

    public GgufWriter put(String key, int value) {
        entry(key, 4).int32(value);
        return this;
    }

    public GgufWriter put(String key, float value) {
        entry(key, 6).int32(Float.floatToIntBits(value));
        return this;
    }

    public GgufWriter put(String key, boolean value) {
        entry(key, 7).int8(value ? 1 : 0);
        return this;
    }

    public GgufWriter put(String key, String value) {
        entry(key, 8).text(value);
        return this;
    }

    public GgufWriter put(String key, List<String> values) {
        entry(key, 9).int32(8).int64(values.size());
        values.forEach(entries::text);
        return this;
    }

    public GgufWriter put(String key, float[] values) {
        entry(key, 9).int32(6).int64(values.length);
        for (float value : values) {
            entries.int32(Float.floatToIntBits(value));
        }
        return this;
    }

    public GgufWriter put(String key, int[] values) {
        entry(key, 9).int32(5).int64(values.length);
        for (int value : values) {
            entries.int32(value);
        }
        return this;
    }

    private GgufBytes entry(String key, int type) {
        entryCount++;
        return entries.text(key).int32(type);
    }

    /**
     * Adds a tensor.
     *
     * @param rows gives row number n, of {@code dimensions[0]} elements
     * @param dimensions in ggml's order: length of a row first
     */
    public GgufWriter tensor(
            String name, TensorType type, LongFunction<float[]> rows, long... dimensions) {
        if (type != TensorType.F32 && type != TensorType.F16) {
            throw new IllegalArgumentException("only F32 and F16 can be written, not " + type);
        }
        return add(name, type, rows, dimensions);
    }

    /**
     * Adds a tensor of any type whose bytes are all zero; on file systems that know holes it takes
     * no room on the disk.
     */
    public GgufWriter zeros(String name, TensorType type, long... dimensions) {
        return add(name, type, null, dimensions);
    }

    private GgufWriter add(
            String name,
            TensorType type,
            @Nullable LongFunction<float[]> rows,
            long... dimensions) {
        long offset = 0;
        if (!sources.isEmpty()) {
            var last = sources.getLast();
            offset = aligned(last.tensor.offset() + last.type.bytes(last.tensor.elements()));
        }
        var shape = Arrays.stream(dimensions).boxed().toList();
        sources.add(new Source(new TensorDescriptor(name, shape, type.code(), offset), type, rows));
        return this;
    }

    /** Writes the file, replacing what was there. */
    public void write(Path path) throws IOException {
        var head = new GgufBytes().int32(0x46554747).int32(3);
        head.int64(sources.size()).int64(entryCount).append(entries);
        for (Source source : sources) {
            var tensor = source.tensor;
            head.text(tensor.name()).int32(tensor.dimensions().size());
            tensor.dimensions().forEach(head::int64);
            head.int32(tensor.type()).int64(tensor.offset());
        }
        long data = aligned(head.size());
        long end = data;
        try (var channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            var out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
            head.writeTo(out);
            for (Source source : sources) {
                long start = data + source.tensor.offset();
                if (source.rows != null) {
                    out.flush();
                    channel.position(start);
                    write(source, source.rows, out);
                }
                end = start + aligned(source.type.bytes(source.tensor.elements()));
            }
            out.flush();
            if (channel.size() < end) {
                channel.write(ByteBuffer.allocate(1), end - 1);
            }
        }
    }

    private static void write(Source source, LongFunction<float[]> rows, BufferedOutputStream out)
            throws IOException {
        long rowLength = source.tensor.dimensions().getFirst();
        long count = source.tensor.elements() / rowLength;
        for (long i = 0; i < count; i++) {
            out.write(encode(source, rows.apply(i), rowLength));
        }
    }

    private static byte[] encode(Source source, float[] row, long length) {
        if (row.length != length) {
            throw new IllegalArgumentException(
                    "%s: a row of %d elements instead of %d"
                            .formatted(source.tensor.name(), row.length, length));
        }
        var bytes =
                ByteBuffer.allocate((int) source.type.bytes(length)).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : row) {
            if (source.type == TensorType.F32) {
                bytes.putFloat(value);
            } else {
                bytes.putShort(Float.floatToFloat16(value));
            }
        }
        return bytes.array();
    }

    private static long aligned(long offset) {
        return Math.ceilDiv(offset, ALIGNMENT) * ALIGNMENT;
    }
}
