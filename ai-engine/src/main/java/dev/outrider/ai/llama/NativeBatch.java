package dev.outrider.ai.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.outrider.ai.llama.foreign.Layouts;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Tokens to be decoded in one call, each in one sequence; refuses more than it has room for. */
final class NativeBatch {
    private final int capacity;
    private final MemorySegment struct;
    private final MemorySegment tokens;
    private final MemorySegment positions;
    private final MemorySegment sequences;
    private final MemorySegment outputs;
    private int size;
    private int furthest;

    NativeBatch(Arena arena, int capacity) {
        this.capacity = capacity;
        struct = arena.allocate(Layouts.BATCH);
        tokens = member(arena.allocate(JAVA_INT, capacity), "token");
        positions = member(arena.allocate(JAVA_INT, capacity), "pos");
        sequences = arena.allocate(JAVA_INT, capacity);
        outputs = member(arena.allocate(JAVA_BYTE, capacity), "logits");
        var counts = member(arena.allocate(JAVA_INT, capacity), "n_seq_id");
        var pointers = member(arena.allocate(ADDRESS, capacity), "seq_id");
        for (int i = 0; i < capacity; i++) {
            counts.setAtIndex(JAVA_INT, i, 1);
            pointers.setAtIndex(
                    ADDRESS, i, sequences.asSlice((long) i * Integer.BYTES, Integer.BYTES));
        }
    }

    private MemorySegment member(MemorySegment array, String name) {
        Layouts.set(Layouts.BATCH, struct, name, array);
        return array;
    }

    void clear() {
        size = 0;
        furthest = 0;
    }

    int size() {
        return size;
    }

    /** The highest position there is. */
    int furthest() {
        return furthest;
    }

    int room() {
        return capacity - size;
    }

    /** Adds a token and gives its index; only an index marked for output has logits. */
    int add(int token, int position, int sequence, boolean output) {
        if (size == capacity) {
            throw new IllegalStateException("a batch holds %d tokens".formatted(capacity));
        }
        tokens.setAtIndex(JAVA_INT, size, token);
        positions.setAtIndex(JAVA_INT, size, position);
        furthest = Math.max(furthest, position);
        sequences.setAtIndex(JAVA_INT, size, sequence);
        outputs.set(JAVA_BYTE, size, (byte) (output ? 1 : 0));
        return size++;
    }

    /**
     * Refuses an index that was not marked for output: libllama would end the process.
     *
     * @throws IllegalStateException if there is nothing at this index
     */
    void requireOutput(int index) {
        if (index < 0 || index >= size || outputs.get(JAVA_BYTE, index) == 0) {
            throw new IllegalStateException("there is no output at index %d".formatted(index));
        }
    }

    /** The struct libllama takes by value. */
    MemorySegment struct() {
        Layouts.set(Layouts.BATCH, struct, "n_tokens", size);
        return struct;
    }
}
