package org.intel.openvino;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of one type in a shape. One that you make lies in memory the library computes in without
 * copying; {@link #segment} shows it. One that you get from a request shows what the request has,
 * until the request computes again.
 */
@SuppressWarnings({"MemberName", "restricted"}) // the names of openvino_contrib's API
public final class Tensor extends Wrapper {
    private static final long ALIGNMENT = 64;

    /** Its memory, unless a request has it. */
    private final @Nullable MemorySegment memory;

    /** Whether somebody else may close that memory. */
    private final boolean borrowed;

    private final @Nullable InferRequest owner;

    private Tensor(ElementType type, long[] dims, MemorySegment memory, boolean borrowed) {
        super("Tensor", over(type, dims, memory), Calls.TENSOR_FREE);
        this.memory = memory;
        this.borrowed = borrowed;
        owner = null;
    }

    /** A view of what a request has. */
    Tensor(MemorySegment tensor, InferRequest owner) {
        super("Tensor", tensor, Calls.TENSOR_FREE);
        memory = null;
        borrowed = false;
        this.owner = owner;
    }

    /** Zeros, in memory of its own. */
    public Tensor(ElementType type, long... dims) {
        this(type, dims, allocate(type, dims), false);
    }

    /** Zeros, in memory of its own. */
    public Tensor(ElementType type, int[] dims) {
        this(type, longs(dims));
    }

    /**
     * Over memory of yours, which is not copied. It must stay open as long as a request uses it; a
     * request that finds it closed refuses to compute, and it cannot be closed while one computes.
     */
    public Tensor(ElementType type, long[] dims, MemorySegment memory) {
        this(type, dims, checked(type, dims, memory), true);
    }

    /**
     * Over native memory by its address, for libraries that give one. Nobody can check an address:
     * it must hold the shape's bytes until no request uses the tensor any more.
     */
    public Tensor(ElementType type, int[] dims, long cArray) {
        this(type, longs(dims), at(type, longs(dims), cArray), false);
    }

    /** A copy of the numbers. */
    public Tensor(int[] dims, float[] data) {
        this(ElementType.f32, dims);
        requireLength(data.length);
        MemorySegment.copy(data, 0, segment(), JAVA_FLOAT, 0, data.length);
    }

    /** A copy of the numbers, which are u8 or i8. */
    public Tensor(ElementType type, int[] dims, byte[] data) {
        if (type != ElementType.u8 && type != ElementType.i8) {
            throw new IllegalArgumentException(
                    "a tensor of bytes is only u8 and i8, not %s".formatted(type));
        }
        this(type, dims);
        requireLength(data.length);
        MemorySegment.copy(data, 0, segment(), JAVA_BYTE, 0, data.length);
    }

    /** A copy of the numbers. */
    public Tensor(int[] dims, int[] data) {
        this(ElementType.i32, dims);
        requireLength(data.length);
        MemorySegment.copy(data, 0, segment(), JAVA_INT, 0, data.length);
    }

    /** A copy of the numbers. */
    public Tensor(int[] dims, long[] data) {
        this(ElementType.i64, dims);
        requireLength(data.length);
        MemorySegment.copy(data, 0, segment(), JAVA_LONG, 0, data.length);
    }

    private static long[] longs(int[] dims) {
        return Arrays.stream(dims).asLongStream().toArray();
    }

    private static long bytes(ElementType type, long[] dims) {
        long elements = 1;
        for (long dim : dims) {
            if (dim < 0) {
                throw new IllegalArgumentException(
                        "a tensor of shape %s has a negative size"
                                .formatted(Arrays.toString(dims)));
            }
            try {
                elements = Math.multiplyExact(elements, dim);
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException(
                        "a tensor of shape %s is too large".formatted(Arrays.toString(dims)), e);
            }
        }
        return type.bytes(elements);
    }

    /** Left to the collector: it goes when neither tensor nor request can use it any more. */
    private static MemorySegment allocate(ElementType type, long[] dims) {
        NativeLibrary.loadNativeLibs();
        return Arena.ofAuto().allocate(Math.max(1, bytes(type, dims)), ALIGNMENT);
    }

    private static MemorySegment checked(ElementType type, long[] dims, MemorySegment memory) {
        NativeLibrary.loadNativeLibs();
        if (!memory.isNative()) {
            throw new IllegalArgumentException(
                    "OpenVINO cannot use memory of the Java heap; copy it into a tensor of its own");
        }
        requireAlive(memory);
        requireBytes(type, dims, memory.byteSize());
        return memory;
    }

    private static void requireBytes(ElementType type, long[] dims, long has) {
        long needed = bytes(type, dims);
        if (has < needed) {
            throw new IllegalArgumentException(
                    "a tensor %s of shape %s needs %d bytes, the memory has %d"
                            .formatted(type, Arrays.toString(dims), needed, has));
        }
    }

    private static MemorySegment at(ElementType type, long[] dims, long address) {
        NativeLibrary.loadNativeLibs();
        if (address == 0) {
            throw new IllegalArgumentException("a tensor at address 0");
        }
        return MemorySegment.ofAddress(address).reinterpret(bytes(type, dims));
    }

    private static MemorySegment over(ElementType type, long[] dims, MemorySegment memory) {
        try (var arena = Arena.ofConfined()) {
            var shape = Calls.shape(arena, dims);
            return Calls.made(out ->
                    (int) Calls.TENSOR_OVER.invokeExact(type.getValue(), shape, memory, out));
        }
    }

    private void requireLength(int length) {
        var shape = get_shape();
        if (length != get_size()) {
            close();
            throw new IllegalArgumentException(
                    "an array of %d numbers does not match the tensor shape %s"
                            .formatted(length, Arrays.toString(shape)));
        }
    }

    /** Bytes the library says one element takes. */
    static long nativeBytes(ElementType type) {
        try (var arena = Arena.ofConfined()) {
            var tensor = over(type, new long[] {1}, arena.allocate(ALIGNMENT, ALIGNMENT));
            long bytes = Calls.number(out -> (int) Calls.TENSOR_BYTES.invokeExact(tensor, out));
            Calls.TENSOR_FREE.invokeExact(tensor);
            return bytes;
        } catch (Throwable e) {
            throw Calls.unexpected(e);
        }
    }

    /** How many elements it has. */
    public int get_size() {
        return Math.toIntExact(Arrays.stream(dims()).reduce(1, Math::multiplyExact));
    }

    public int[] get_shape() {
        return Arrays.stream(dims()).mapToInt(Math::toIntExact).toArray();
    }

    private long[] dims() {
        return use(self -> {
            try (var arena = Arena.ofConfined()) {
                var shape = arena.allocate(Calls.SHAPE);
                Calls.check((int) Calls.TENSOR_SHAPE.invokeExact(self, shape));
                return Calls.takeShape(shape);
            }
        });
    }

    public ElementType get_element_type() {
        return ElementType.of(
                use(self -> Calls.integer(out -> (int) Calls.TENSOR_TYPE.invokeExact(self, out))));
    }

    /** A copy of its f32 numbers. */
    public float[] data() {
        return copy(values -> values.toArray(JAVA_FLOAT), ElementType.f32);
    }

    /** A copy of its i32 numbers. */
    public int[] as_int() {
        return copy(values -> values.toArray(JAVA_INT), ElementType.i32);
    }

    /** A copy of its i64 numbers. */
    public long[] as_long() {
        return copy(values -> values.toArray(JAVA_LONG), ElementType.i64);
    }

    /** A copy of its u8 or i8 numbers. */
    public byte[] as_byte() {
        return copy(values -> values.toArray(JAVA_BYTE), ElementType.u8, ElementType.i8);
    }

    private <T> T copy(Function<MemorySegment, T> how, ElementType... types) {
        var type = get_element_type();
        if (!Arrays.asList(types).contains(type)) {
            throw new IllegalStateException(
                    "this tensor's elements are %s; the call is for %s"
                            .formatted(
                                    type,
                                    types.length == 2 ? "only u8 and i8" : types[0].toString()));
        }
        return read(how);
    }

    /**
     * Lends its bytes to a function, on the calling thread and not a moment longer; no request may
     * compute into them meanwhile.
     */
    public <T> T read(Function<MemorySegment, T> reader) {
        if (memory != null) {
            requireAlive(memory);
            return reader.apply(memory.asSlice(0, nativeBytes()).asReadOnly());
        }
        var request = owner;
        if (request == null) {
            throw new IllegalStateException("a tensor of nobody");
        }
        return request.held("a tensor of it is read", () -> lend(reader));
    }

    private <T> T lend(Function<MemorySegment, T> reader) {
        return use(self -> {
            var data = Calls.made(out -> (int) Calls.TENSOR_DATA.invokeExact(self, out));
            try (var arena = Arena.ofConfined()) {
                return reader.apply(data.reinterpret(nativeBytes(), arena, null).asReadOnly());
            }
        });
    }

    private long nativeBytes() {
        return use(self -> Calls.number(out -> (int) Calls.TENSOR_BYTES.invokeExact(self, out)));
    }

    /**
     * Its memory, to write inputs into and to read outputs from without copying. Only a tensor that
     * you made has it: a request may move its own at any inference.
     */
    public MemorySegment segment() {
        if (memory == null) {
            throw new IllegalStateException(
                    "this tensor belongs to a request; read lends its bytes for a moment");
        }
        return memory;
    }

    private static void requireAlive(MemorySegment memory) {
        if (!memory.scope().isAlive()) {
            throw new IllegalStateException("the memory of this tensor is closed");
        }
    }

    /** The memory a request has to hold while it computes; null if nobody can close it. */
    @Nullable MemorySegment pinned() {
        if (!borrowed || memory == null) {
            return null;
        }
        requireAlive(memory);
        return memory;
    }

    /** Where its elements are. */
    long address() {
        return use(self ->
                Calls.made(out -> (int) Calls.TENSOR_DATA.invokeExact(self, out)).address());
    }
}
