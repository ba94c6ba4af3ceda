package dev.outrider.hal.linux;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SequenceLayout;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Shapes that many kernel structs share. */
final class Struct {

    static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
    static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT;
    static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT;
    static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG;

    private Struct() {}

    /** {@code char name[length]}. */
    static SequenceLayout text(String name, long length) {
        return MemoryLayout.sequenceLayout(length, U8).withName(name);
    }

    /** {@code __u32 name[length]}. */
    static SequenceLayout words(String name, long length) {
        return MemoryLayout.sequenceLayout(length, U32).withName(name);
    }

    static long offset(MemoryLayout layout, String field) {
        return layout.byteOffset(PathElement.groupElement(field));
    }

    /** The text of a {@code char[]} field, up to its end or the first zero. */
    static String text(MemorySegment segment, MemoryLayout layout, String field) {
        long size = layout.select(PathElement.groupElement(field)).byteSize();
        byte[] bytes = segment.asSlice(offset(layout, field), size).toArray(U8);
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Writes a text into a {@code char[]} field, cut so that a zero follows it. */
    static void text(MemorySegment segment, MemoryLayout layout, String field, String text) {
        long size = layout.select(PathElement.groupElement(field)).byteSize();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = (int) Math.min(bytes.length, size - 1);
        MemorySegment.copy(bytes, 0, segment, U8, offset(layout, field), length);
    }
}
