package dev.outrider.ai.gguf;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a model file says about itself.
 *
 * @param version of the file format, 2 or 3
 * @param metadata by key, in the file's order
 * @param dataStart where tensor data begins, in bytes
 */
public record GgufFile(
        Path path,
        int version,
        Map<String, GgufValue> metadata,
        List<TensorDescriptor> tensors,
        long dataStart) {
    private static final long LARGEST_READ = 1L << 30;

    public GgufFile {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        tensors = List.copyOf(tensors);
    }

    /**
     * Reads and checks the header of a file; tensor data is not read.
     *
     * @throws GgufException if the file is missing, truncated, or makes no sense
     */
    public static GgufFile read(Path path) {
        return GgufReader.read(path);
    }

    /** Name of the network's architecture, such as {@code llama}. */
    public Optional<String> architecture() {
        return text("general.architecture");
    }

    /** Tokens of context the model was trained for. */
    public OptionalLong trainedContext() {
        return architecture()
                .map(name -> whole(name + ".context_length"))
                .orElse(OptionalLong.empty());
    }

    /** The Jinja template that turns chat messages into a prompt. */
    public Optional<String> chatTemplate() {
        return text("tokenizer.chat_template");
    }

    public Optional<String> text(String key) {
        return metadata.get(key) instanceof GgufValue.Text(var value)
                ? Optional.of(value)
                : Optional.empty();
    }

    public OptionalLong whole(String key) {
        return metadata.get(key) instanceof GgufValue.Whole(var value)
                ? OptionalLong.of(value)
                : OptionalLong.empty();
    }

    /**
     * Reads the numbers of a small F32 tensor.
     *
     * @throws IllegalArgumentException if it is not F32, or larger than a gigabyte
     */
    public float[] floats(TensorDescriptor tensor) throws IOException {
        long bytes = Math.multiplyExact(tensor.elements(), Float.BYTES);
        if (tensor.type() != TensorType.F32.code() || bytes > LARGEST_READ) {
            throw new IllegalArgumentException(tensor.name() + " is no small F32 tensor");
        }
        var buffer = ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, dataStart + tensor.offset() + buffer.position()) < 0) {
                    throw new EOFException(path + " was cut while it was read");
                }
            }
        }
        var numbers = new float[(int) tensor.elements()];
        buffer.flip().asFloatBuffer().get(numbers);
        return numbers;
    }
}
