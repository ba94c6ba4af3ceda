package dev.outrider.ai.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads a mapped file forward; every length is checked against what is left before it is used. */
final class ByteCursor {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** All texts of a header together, which are kept in memory. */
    private static final long MOST_TEXT = 1L << 27;

    private final MemorySegment bytes;
    private long position;
    private long textBytes;

    ByteCursor(MemorySegment bytes) {
        this.bytes = bytes;
    }

    long position() {
        return position;
    }

    byte int8() {
        return bytes.get(ValueLayout.JAVA_BYTE, advance(1));
    }

    short int16() {
        return bytes.get(SHORT, advance(Short.BYTES));
    }

    int int32() {
        return bytes.get(INT, advance(Integer.BYTES));
    }

    long int64() {
        return bytes.get(LONG, advance(Long.BYTES));
    }

    /** An unsigned 64-bit number that must also be a sane count of things of at least one size. */
    long count(String what, long smallestBytes) {
        long count = int64();
        if (count < 0 || count > (bytes.byteSize() - position) / smallestBytes) {
            throw new GgufException(
                    "%s at byte %d cannot be %s: the file has only %d bytes left"
                            .formatted(
                                    what,
                                    position - Long.BYTES,
                                    Long.toUnsignedString(count),
                                    bytes.byteSize() - position));
        }
        return count;
    }

    String text(String what, int longest) {
        long length = count("length of " + what, 1);
        textBytes += length;
        if (length > longest || textBytes > MOST_TEXT) {
            throw new GgufException("%s is %d bytes long".formatted(what, length));
        }
        var raw = bytes.asSlice(advance(length), length).asByteBuffer();
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(raw).toString();
        } catch (CharacterCodingException e) {
            throw new GgufException("%s before byte %d is not UTF-8".formatted(what, position), e);
        }
    }

    void skip(long length) {
        advance(length);
    }

    private long advance(long length) {
        if (length > bytes.byteSize() - position) {
            throw new GgufException(
                    "truncated: the header goes on past the end of the file at byte "
                            + bytes.byteSize());
        }
        long start = position;
        position += length;
        return start;
    }
}
