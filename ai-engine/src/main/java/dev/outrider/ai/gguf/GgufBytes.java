package dev.outrider.ai.gguf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Little-endian bytes of a header under construction. */
final class GgufBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    GgufBytes int8(int value) {
        bytes.write(value);
        return this;
    }

    GgufBytes int32(int value) {
        return int8(value).int8(value >> 8).int8(value >> 16).int8(value >> 24);
    }

    GgufBytes int64(long value) {
        return int32((int) value).int32((int) (value >> 32));
    }

    GgufBytes text(String value) {
        var encoded = value.getBytes(StandardCharsets.UTF_8);
        int64(encoded.length);
        bytes.writeBytes(encoded);
        return this;
    }

    GgufBytes append(GgufBytes other) {
        bytes.writeBytes(other.bytes.toByteArray());
        return this;
    }

    int size() {
        return bytes.size();
    }

    void writeTo(OutputStream out) throws IOException {
        bytes.writeTo(out);
    }
}
