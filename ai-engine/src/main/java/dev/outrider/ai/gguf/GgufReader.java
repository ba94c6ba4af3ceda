package dev.outrider.ai.gguf;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads headers by the GGUF specification, versions 2 and 3, little-endian. */
final class GgufReader {
    private static final int MAGIC = 0x46554747;
    private static final int DEFAULT_ALIGNMENT = 32;
    private static final int MOST_DIMENSIONS = 4;
    private static final int SMALLEST_ENTRY_BYTES = 13;
    private static final int SMALLEST_TENSOR_BYTES = 24;

    /** Far beyond any model there is, so that a header cannot fill memory. */
    private static final int MOST_ENTRIES = 1 << 16;

    private static final int MOST_TENSORS = 1 << 16;
    private static final int LONGEST_NAME = (1 << 16) - 1;
    private static final int LONGEST_TEXT = 1 << 24;

    private final ByteCursor in;
    private final long fileBytes;

    private GgufReader(ByteCursor in, long fileBytes) {
        this.in = in;
        this.fileBytes = fileBytes;
    }

    static GgufFile read(Path path) {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ);
                var arena = Arena.ofConfined()) {
            var bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return new GgufReader(new ByteCursor(bytes), bytes.byteSize()).file(path);
        } catch (IOException e) {
            throw new GgufException("cannot read " + path + ": " + e, e);
        } catch (GgufException | ArithmeticException e) {
            throw new GgufException(path + " is not a usable GGUF file: " + e.getMessage(), e);
        }
    }

    private GgufFile file(Path path) {
        if (fileBytes < Integer.BYTES || in.int32() != MAGIC) {
            throw new GgufException("it does not begin with the letters GGUF");
        }
        int version = in.int32();
        if (version != 2 && version != 3) {
            throw new GgufException("format version %d; 2 and 3 are known".formatted(version));
        }
        long tensorCount = atMost(MOST_TENSORS, in.count("number of tensors", 1));
        long entryCount =
                atMost(MOST_ENTRIES, in.count("number of metadata entries", SMALLEST_ENTRY_BYTES));
        var metadata = metadata(entryCount);
        var tensors = tensors(tensorCount);
        long alignment = alignment(metadata);
        long data = Math.ceilDiv(in.position(), alignment) * alignment;
        checkBounds(tensors, alignment, data);
        return new GgufFile(path, version, metadata, tensors, data);
    }

    private static long atMost(int most, long count) {
        if (count > most) {
            throw new GgufException("a header of %d parts; %d are read".formatted(count, most));
        }
        return count;
    }

    private Map<String, GgufValue> metadata(long count) {
        var metadata = new LinkedHashMap<String, GgufValue>();
        for (long i = 0; i < count; i++) {
            var key = in.text("key of a metadata entry", LONGEST_NAME);
            if (metadata.put(key, value(key)) != null) {
                throw new GgufException("metadata entry " + key + " appears twice");
            }
        }
        return metadata;
    }

    private GgufValue value(String key) {
        return value(key, in.int32());
    }

    private GgufValue value(String key, int type) {
        return switch (type) {
            case 0 -> new GgufValue.Whole(Byte.toUnsignedLong(in.int8()));
            case 1 -> new GgufValue.Whole(in.int8());
            case 2 -> new GgufValue.Whole(Short.toUnsignedLong(in.int16()));
            case 3 -> new GgufValue.Whole(in.int16());
            case 4 -> new GgufValue.Whole(Integer.toUnsignedLong(in.int32()));
            case 5 -> new GgufValue.Whole(in.int32());
            case 6 -> new GgufValue.Real(Float.intBitsToFloat(in.int32()));
            case 7 -> flag(key);
            case 8 -> new GgufValue.Text(in.text("value of " + key, LONGEST_TEXT));
            case 9 -> array(key);
            case 10 -> unsigned(key);
            case 11 -> new GgufValue.Whole(in.int64());
            case 12 -> new GgufValue.Real(Double.longBitsToDouble(in.int64()));
            default -> throw unknownType(key, type);
        };
    }

    private GgufValue flag(String key) {
        byte value = in.int8();
        if (value != 0 && value != 1) {
            throw new GgufException("%s is neither true nor false but %d".formatted(key, value));
        }
        return new GgufValue.Flag(value == 1);
    }

    private GgufValue unsigned(String key) {
        long value = in.int64();
        if (value < 0) {
            throw new GgufException(key + " is absurd: " + Long.toUnsignedString(value));
        }
        return new GgufValue.Whole(value);
    }

    private GgufValue array(String key) {
        int type = in.int32();
        if (type == 8) {
            long length = in.count("length of " + key, Long.BYTES);
            for (long i = 0; i < length; i++) {
                in.skip(in.count("length of a text in " + key, 1));
            }
            return new GgufValue.Array(length);
        }
        int elementBytes = elementBytes(key, type);
        long length = in.count("length of " + key, elementBytes);
        in.skip(length * elementBytes);
        return new GgufValue.Array(length);
    }

    private static int elementBytes(String key, int type) {
        return switch (type) {
            case 0, 1, 7 -> 1;
            case 2, 3 -> 2;
            case 4, 5, 6 -> 4;
            case 10, 11, 12 -> 8;
            default -> throw unknownType(key, type);
        };
    }

    private static GgufException unknownType(String key, int type) {
        return new GgufException("%s has the unknown type %d".formatted(key, type));
    }

    private List<TensorDescriptor> tensors(long count) {
        if (count > fileBytes / SMALLEST_TENSOR_BYTES) {
            throw new GgufException("number of tensors cannot be " + count);
        }
        var tensors = new ArrayList<TensorDescriptor>();
        var names = new HashSet<String>();
        for (long i = 0; i < count; i++) {
            var tensor = tensor();
            if (!names.add(tensor.name())) {
                throw new GgufException("tensor %s appears twice".formatted(tensor.name()));
            }
            tensors.add(tensor);
        }
        return tensors;
    }

    private TensorDescriptor tensor() {
        var name = in.text("name of a tensor", LONGEST_NAME);
        int rank = in.int32();
        if (rank < 1 || rank > MOST_DIMENSIONS) {
            throw new GgufException("tensor %s has %d dimensions".formatted(name, rank));
        }
        var dimensions = new ArrayList<Long>();
        for (int i = 0; i < rank; i++) {
            long length = in.int64();
            if (length < 1) {
                throw new GgufException(
                        "tensor %s has a dimension of length %d".formatted(name, length));
            }
            dimensions.add(length);
        }
        return new TensorDescriptor(name, dimensions, in.int32(), in.int64());
    }

    private static long alignment(Map<String, GgufValue> metadata) {
        if (!(metadata.get("general.alignment") instanceof GgufValue.Whole(var alignment))) {
            return DEFAULT_ALIGNMENT;
        }
        if (alignment < 1 || alignment > 1 << 20 || Long.bitCount(alignment) != 1) {
            throw new GgufException("general.alignment cannot be " + alignment);
        }
        return alignment;
    }

    private void checkBounds(List<TensorDescriptor> tensors, long alignment, long data) {
        for (TensorDescriptor tensor : tensors) {
            long bytes = TensorType.of(tensor.type()).map(type -> bytes(tensor, type)).orElse(0L);
            if (tensor.offset() < 0
                    || tensor.offset() % alignment != 0
                    || Math.addExact(Math.addExact(data, tensor.offset()), bytes) > fileBytes) {
                throw new GgufException(
                        "truncated or damaged: tensor %s (%d bytes at %d) lies outside the file of %d bytes"
                                .formatted(tensor.name(), bytes, tensor.offset(), fileBytes));
            }
        }
    }

    private static long bytes(TensorDescriptor tensor, TensorType type) {
        long row = tensor.dimensions().getFirst();
        if (row % type.blockElements() != 0) {
            throw new GgufException(
                    "tensor %s has rows of %d, which are no whole blocks of %s"
                            .formatted(tensor.name(), row, type));
        }
        return type.bytes(tensor.elements());
    }
}
