package dev.outrider.ai.gguf;

import java.io.BufferedOutputStream;
import java.io.EOFException;
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

/**
 * Writes GGUF version 3 files: metadata, then F32 or F16 tensors whose rows are asked for one at a
 * time, so a file may be larger than memory, or tensors of another file as they are.
 */
public final class GgufWriter {
    private static final int ALIGNMENT = 32;
    private static final int BUFFER_BYTES = 1 << 16;

    private final GgufBytes entries = new GgufBytes();
    private final List<Source> sources = new ArrayList<>();
    private int entryCount;

    private record Source(TensorDescriptor tensor, long bytes, Content content) {}

    /** Writes a tensor's data from where the channel is. */
    private interface Content {
        void write(FileChannel to) throws IOException;
    }

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
        var shape = Arrays.stream(dimensions).boxed().toList();
        long length = dimensions[0];
        long count = shape.stream().reduce(1L, Math::multiplyExact) / length;
        return add(
                name,
                shape,
                type.code(),
                type.bytes(length * count),
                to -> {
                    var out = new BufferedOutputStream(Channels.newOutputStream(to), BUFFER_BYTES);
                    for (long i = 0; i < count; i++) {
                        out.write(encode(name, type, rows.apply(i), length));
                    }
                    out.flush();
                });
    }

    /**
     * Adds a tensor of another file under a name.
     *
     * @throws IllegalArgumentException if its type is not known here
     */
    public GgufWriter copy(String name, GgufFile from, TensorDescriptor tensor) {
        long bytes =
                TensorType.of(tensor.type())
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "unknown type %d of %s"
                                                .formatted(tensor.type(), tensor.name())))
                        .bytes(tensor.elements());
        return add(
                name,
                tensor.dimensions(),
                tensor.type(),
                bytes,
                to -> transfer(from.path(), from.dataStart() + tensor.offset(), bytes, to));
    }

    private static void transfer(Path from, long start, long bytes, FileChannel to)
            throws IOException {
        try (var channel = FileChannel.open(from, StandardOpenOption.READ)) {
            long done = 0;
            while (done < bytes) {
                long moved = channel.transferTo(start + done, bytes - done, to);
                if (moved <= 0) {
                    throw new EOFException(from + " was cut while it was read");
                }
                done += moved;
            }
        }
    }

    private GgufWriter add(
            String name, List<Long> dimensions, int type, long bytes, Content content) {
        long offset = 0;
        if (!sources.isEmpty()) {
            var last = sources.getLast();
            offset = aligned(last.tensor.offset() + last.bytes);
        }
        var tensor = new TensorDescriptor(name, dimensions, type, offset);
        sources.add(new Source(tensor, bytes, content));
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
            head.writeTo(Channels.newOutputStream(channel));
            for (Source source : sources) {
                long start = data + source.tensor.offset();
                channel.position(start);
                source.content.write(channel);
                end = start + aligned(source.bytes);
            }
            if (channel.size() < end) {
                channel.write(ByteBuffer.allocate(1), end - 1);
            }
        }
    }

    private static byte[] encode(String name, TensorType type, float[] row, long length) {
        if (row.length != length) {
            throw new IllegalArgumentException(
                    "%s: a row of %d elements instead of %d".formatted(name, row.length, length));
        }
        var bytes = ByteBuffer.allocate((int) type.bytes(length)).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : row) {
            if (type == TensorType.F32) {
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
