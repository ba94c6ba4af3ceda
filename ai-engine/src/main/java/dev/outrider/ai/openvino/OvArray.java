package dev.outrider.ai.openvino;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrayAdapter;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.index.dim.NDIndexAll;
import ai.djl.ndarray.index.dim.NDIndexBooleans;
import ai.djl.ndarray.index.dim.NDIndexElement;
import ai.djl.ndarray.index.dim.NDIndexFixed;
import ai.djl.ndarray.index.dim.NDIndexSlice;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An array in one piece of memory, row by row, computed in Java: what translators do before and
 * after a model. Operations it lacks throw, as DJL's adapter does.
 */
final class OvArray extends NDArrayAdapter {
    private ByteBuffer bytes;
    private final NDArrayEx operations = OvOperations.of(this);

    OvArray(NDManager manager, Shape shape, DataType type, ByteBuffer bytes) {
        super(manager, null, shape, type, NDManager.nextUid());
        this.bytes = bytes;
        manager.attachInternal(uid, this);
    }

    @Override
    public ByteBuffer toByteBuffer(boolean tryDirect) {
        return bytes.duplicate().rewind().order(ByteOrder.nativeOrder());
    }

    @Override
    public void intern(NDArray replaced) {
        var other = (OvArray) replaced;
        bytes = other.bytes;
        shape = other.shape;
        dataType = other.dataType;
        other.close();
    }

    @Override
    public void detach() {
        manager.detachInternal(uid);
        manager = OvArrays.SYSTEM;
    }

    @Override
    public NDArrayEx getNDArrayInternal() {
        return operations;
    }

    private int length() {
        return Math.toIntExact(shape.size());
    }

    /** The numbers whatever their type. */
    IntToDoubleFunction values() {
        var data = toByteBuffer(false);
        return switch (dataType) {
            case FLOAT32 -> i -> data.getFloat(i * 4);
            case FLOAT64 -> i -> data.getDouble(i * 8);
            case FLOAT16 -> i -> Float.float16ToFloat(data.getShort(i * 2));
            case BFLOAT16 -> i -> Float.intBitsToFloat(data.getShort(i * 2) << 16);
            case INT8, BOOLEAN -> data::get;
            case UINT8 -> i -> Byte.toUnsignedInt(data.get(i));
            case INT16 -> i -> data.getShort(i * 2);
            case UINT16 -> i -> Short.toUnsignedInt(data.getShort(i * 2));
            case INT32 -> i -> data.getInt(i * 4);
            case UINT32 -> i -> Integer.toUnsignedLong(data.getInt(i * 4));
            case INT64, UINT64 -> i -> data.getLong(i * 8);
            default -> throw unsupported("read", dataType);
        };
    }

    /** Writes every number. */
    OvArray fill(IntToDoubleFunction value) {
        var data = toByteBuffer(false);
        int n = length();
        switch (dataType) {
            case FLOAT32 -> each(n, i -> data.putFloat(i * 4, (float) value.applyAsDouble(i)));
            case FLOAT64 -> each(n, i -> data.putDouble(i * 8, value.applyAsDouble(i)));
            case FLOAT16 ->
                    each(
                            n,
                            i ->
                                    data.putShort(
                                            i * 2,
                                            Float.floatToFloat16((float) value.applyAsDouble(i))));
            case INT8, UINT8 -> each(n, i -> data.put(i, (byte) (long) value.applyAsDouble(i)));
            case BOOLEAN -> each(n, i -> data.put(i, (byte) (value.applyAsDouble(i) == 0 ? 0 : 1)));
            case INT16, UINT16 ->
                    each(n, i -> data.putShort(i * 2, (short) (long) value.applyAsDouble(i)));
            case INT32, UINT32 ->
                    each(n, i -> data.putInt(i * 4, (int) (long) value.applyAsDouble(i)));
            case INT64, UINT64 -> each(n, i -> data.putLong(i * 8, (long) value.applyAsDouble(i)));
            default -> throw unsupported("write", dataType);
        }
        return this;
    }

    @FunctionalInterface
    private interface At {
        void at(int index);
    }

    private static void each(int n, At action) {
        for (int i = 0; i < n; i++) {
            action.at(i);
        }
    }

    private static UnsupportedOperationException unsupported(String what, Object detail) {
        return new UnsupportedOperationException("cannot %s: %s".formatted(what, detail));
    }

    OvArray make(DataType type, Shape newShape) {
        return (OvArray) manager.create(newShape, type);
    }

    private OvArray view(Shape newShape) {
        if (newShape.size() != shape.size()) {
            throw new IllegalArgumentException("%s cannot become %s".formatted(shape, newShape));
        }
        return new OvArray(manager, newShape, dataType, bytes);
    }

    @Override
    public NDArray toType(DataType type, boolean copy) {
        if (type == dataType) {
            return copy ? make(type, shape).copy(bytes) : this;
        }
        return make(type, shape).fill(values());
    }

    private OvArray copy(ByteBuffer from) {
        bytes.duplicate().rewind().put(from.duplicate().rewind());
        return this;
    }

    // shapes

    @Override
    public NDArray reshape(Shape wanted) {
        var dims = wanted.getShape().clone();
        long known = 1;
        int open = -1;
        for (int i = 0; i < dims.length; i++) {
            if (dims[i] == -1) {
                open = i;
            } else {
                known *= dims[i];
            }
        }
        if (open >= 0) {
            dims[open] = known == 0 ? 0 : shape.size() / known;
        }
        return view(new Shape(dims));
    }

    @Override
    public NDArray flatten() {
        return view(new Shape(shape.size()));
    }

    @Override
    public NDArray expandDims(int axis) {
        int at = axis < 0 ? axis + shape.dimension() + 1 : axis;
        var dims = shape.getShape();
        var wider =
                IntStream.rangeClosed(0, dims.length)
                        .mapToLong(i -> i == at ? 1 : dims[i < at ? i : i - 1]);
        return view(new Shape(wider.toArray()));
    }

    @Override
    public NDArray squeeze(int[] axes) {
        var dropped = flags(axes);
        var dims =
                IntStream.range(0, shape.dimension())
                        .filter(i -> !dropped[i])
                        .mapToLong(shape::get);
        return view(new Shape(dims.toArray()));
    }

    private boolean[] flags(int[] axes) {
        var flags = new boolean[shape.dimension()];
        for (int axis : axes) {
            flags[axis(axis)] = true;
        }
        return flags;
    }

    private int axis(int axis) {
        return axis < 0 ? axis + shape.dimension() : axis;
    }

    @Override
    public NDArray transpose() {
        return transpose(
                IntStream.range(0, shape.dimension())
                        .map(i -> shape.dimension() - 1 - i)
                        .toArray());
    }

    @Override
    public NDArray transpose(int... axes) {
        var dims = Arrays.stream(axes).mapToLong(axis -> shape.get(axis(axis))).toArray();
        var own = strides(shape.getShape());
        var strides = Arrays.stream(axes).map(axis -> own[axis(axis)]).toArray();
        return gathered(new Shape(dims), strides, 0);
    }

    private static int[] strides(long[] dims) {
        var strides = new int[dims.length];
        int step = 1;
        for (int i = dims.length - 1; i >= 0; i--) {
            strides[i] = step;
            step = Math.toIntExact(step * dims[i]);
        }
        return strides;
    }

    /** Copies element by element, in the order of a new shape, by a stride for each dimension. */
    private OvArray gathered(Shape wanted, int[] strides, int offset) {
        var result = make(dataType, wanted);
        int width = dataType.getNumOfBytes();
        var from = toByteBuffer(false);
        var to = result.toByteBuffer(false);
        walk(
                wanted.getShape(),
                strides,
                offset,
                (at, source) -> to.put(at * width, from, source * width, width));
        return result;
    }

    @FunctionalInterface
    private interface Step {
        void step(int at, int source);
    }

    private static void walk(long[] dims, int[] strides, int offset, Step step) {
        int n = Math.toIntExact(Arrays.stream(dims).reduce(1, (a, b) -> a * b));
        var index = new int[dims.length];
        int source = offset;
        for (int at = 0; at < n; at++) {
            step.step(at, source);
            for (int d = dims.length - 1; d >= 0; d--) {
                source += strides[d];
                if (++index[d] < dims[d]) {
                    break;
                }
                source -= Math.toIntExact(strides[d] * dims[d]);
                index[d] = 0;
            }
        }
    }

    @Override
    public NDArray broadcast(Shape wanted) {
        return gathered(wanted, broadcastStrides(wanted.getShape()), 0);
    }

    private int[] broadcastStrides(long[] wanted) {
        var own = strides(shape.getShape());
        int missing = wanted.length - own.length;
        var strides = new int[wanted.length];
        for (int i = 0; i < wanted.length; i++) {
            if (i < missing || shape.get(i - missing) == 1) {
                strides[i] = 0;
            } else if (shape.get(i - missing) == wanted[i]) {
                strides[i] = own[i - missing];
            } else {
                throw new IllegalArgumentException(
                        "%s does not fit %s".formatted(shape, new Shape(wanted)));
            }
        }
        return strides;
    }

    OvArray slice(int dimension, long from, long to, long step) {
        var dims = shape.getShape().clone();
        var strides = strides(dims);
        int offset = Math.toIntExact(from * strides[dimension]);
        dims[dimension] = Math.max(0, Math.ceilDiv(to - from, step));
        strides[dimension] = Math.toIntExact(strides[dimension] * step);
        return gathered(new Shape(dims), strides, offset);
    }

    @Override
    public NDList split(long sections, int axis) {
        long size = shape.get(axis(axis)) / sections;
        return split(
                IntStream.range(1, Math.toIntExact(sections)).mapToLong(i -> i * size).toArray(),
                axis);
    }

    @Override
    public NDList split(long[] indices, int axis) {
        var parts = new NDList();
        long from = 0;
        for (int i = 0; i <= indices.length; i++) {
            long to = i < indices.length ? indices[i] : shape.get(axis(axis));
            parts.add(slice(axis(axis), from, to, 1));
            from = to;
        }
        return parts;
    }

    @Override
    public NDArray get(NDManager ignored, NDIndex index) {
        var result = this;
        int axis = 0;
        for (NDIndexElement element : index.getIndices()) {
            switch (element) {
                case NDIndexAll all -> axis++;
                case NDIndexFixed fixed -> {
                    long at = wrapped(fixed.getIndex(), result.shape.get(axis));
                    result = result.slice(axis, at, at + 1, 1);
                    result = (OvArray) result.squeeze(new int[] {axis});
                }
                case NDIndexSlice slice -> {
                    result = result.slice(axis, slice);
                    axis++;
                }
                case NDIndexBooleans mask -> {
                    result = (OvArray) result.booleanMask(mask.getIndex(), axis);
                    axis++;
                }
                default -> throw unsupported("index by", element.getClass().getSimpleName());
            }
        }
        return result;
    }

    private OvArray slice(int axis, NDIndexSlice slice) {
        long size = shape.get(axis);
        Long min = slice.getMin();
        Long max = slice.getMax();
        Long step = slice.getStep();
        if (step != null && step < 1) {
            throw unsupported("slice with step", step);
        }
        return slice(
                axis,
                min == null ? 0 : wrapped(min, size),
                max == null ? size : Math.min(size, wrapped(max, size)),
                step == null ? 1 : step);
    }

    private static long wrapped(long index, long size) {
        return index < 0 ? index + size : index;
    }

    @Override
    public NDArray booleanMask(NDArray mask, int axis) {
        if (mask.getShape().dimension() != 1 || mask.size() != shape.get(axis(axis))) {
            throw unsupported("mask " + shape + " by", mask.getShape());
        }
        var keep = ((OvArray) mask).values();
        var chosen =
                IntStream.range(0, Math.toIntExact(mask.size()))
                        .filter(i -> keep.applyAsDouble(i) != 0)
                        .toArray();
        return chosen(chosen, axis(axis));
    }

    /** The given places along a dimension. */
    private OvArray chosen(int[] places, int axis) {
        var dims = shape.getShape().clone();
        int inner = strides(dims)[axis];
        int outer = Math.toIntExact(shape.size() / Math.max(1, inner * dims[axis]));
        int row = inner * dataType.getNumOfBytes();
        int size = Math.toIntExact(dims[axis]);
        dims[axis] = places.length;
        var result = make(dataType, new Shape(dims));
        for (int o = 0; o < outer; o++) {
            for (int k = 0; k < places.length; k++) {
                result.bytes.put(
                        (o * places.length + k) * row, bytes, (o * size + places[k]) * row, row);
            }
        }
        return result;
    }

    // arithmetic

    private OvArray map(DoubleUnaryOperator operator) {
        var type = dataType.isFloating() ? dataType : DataType.FLOAT32;
        return map(type, operator);
    }

    private OvArray map(DataType type, DoubleUnaryOperator operator) {
        var from = values();
        return make(type, shape).fill(i -> operator.applyAsDouble(from.applyAsDouble(i)));
    }

    private DataType with(Number number) {
        boolean whole = number instanceof Integer || number instanceof Long;
        return dataType.isFloating() || whole ? dataType : DataType.FLOAT32;
    }

    private DataType with(OvArray other) {
        if (dataType == DataType.FLOAT64 || other.dataType == DataType.FLOAT64) {
            return DataType.FLOAT64;
        }
        if (dataType.isFloating() || other.dataType.isFloating()) {
            return DataType.FLOAT32;
        }
        return dataType.getNumOfBytes() >= other.dataType.getNumOfBytes()
                ? dataType
                : other.dataType;
    }

    private OvArray both(DataType type, NDArray array, DoubleBinaryOperator operator) {
        var other = (OvArray) array;
        var dims = new long[Math.max(shape.dimension(), other.shape.dimension())];
        for (int i = 0; i < dims.length; i++) {
            long a = dimension(shape, dims.length, i);
            long b = dimension(other.shape, dims.length, i);
            dims[i] = a == 1 ? b : a;
        }
        var mine = broadcastStrides(dims);
        var theirs = other.broadcastStrides(dims);
        int n = Math.toIntExact(new Shape(dims).size());
        var places = new int[n];
        walk(dims, theirs, 0, (at, source) -> places[at] = source);
        var left = values();
        var right = other.values();
        var numbers = new double[n];
        walk(
                dims,
                mine,
                0,
                (at, source) ->
                        numbers[at] =
                                operator.applyAsDouble(
                                        left.applyAsDouble(source),
                                        right.applyAsDouble(places[at])));
        return make(type, new Shape(dims)).fill(i -> numbers[i]);
    }

    private static long dimension(Shape shape, int rank, int i) {
        int at = i - (rank - shape.dimension());
        return at < 0 ? 1 : shape.get(at);
    }

    private OvArray both(NDArray array, DoubleBinaryOperator operator) {
        return both(with((OvArray) array), array, operator);
    }

    private OvArray compare(NDArray array, Comparison comparison) {
        return both(DataType.BOOLEAN, array, (a, b) -> comparison.holds(a, b) ? 1 : 0);
    }

    private OvArray compare(Number number, Comparison comparison) {
        double b = number.doubleValue();
        return map(DataType.BOOLEAN, a -> comparison.holds(a, b) ? 1 : 0);
    }

    @FunctionalInterface
    private interface Comparison {
        boolean holds(double a, double b);
    }

    @Override
    public NDArray add(Number n) {
        return map(with(n), v -> v + n.doubleValue());
    }

    @Override
    public NDArray sub(Number n) {
        return map(with(n), v -> v - n.doubleValue());
    }

    @Override
    public NDArray mul(Number n) {
        return map(with(n), v -> v * n.doubleValue());
    }

    @Override
    public NDArray div(Number n) {
        return map(v -> v / n.doubleValue());
    }

    @Override
    public NDArray mod(Number n) {
        return map(with(n), v -> v % n.doubleValue());
    }

    @Override
    public NDArray pow(Number n) {
        return map(v -> Math.pow(v, n.doubleValue()));
    }

    @Override
    public NDArray maximum(Number n) {
        return map(with(n), v -> Math.max(v, n.doubleValue()));
    }

    @Override
    public NDArray minimum(Number n) {
        return map(with(n), v -> Math.min(v, n.doubleValue()));
    }

    @Override
    public NDArray add(NDArray other) {
        return both(other, Double::sum);
    }

    @Override
    public NDArray sub(NDArray other) {
        return both(other, (a, b) -> a - b);
    }

    @Override
    public NDArray mul(NDArray other) {
        return both(other, (a, b) -> a * b);
    }

    @Override
    public NDArray div(NDArray other) {
        var type = with((OvArray) other);
        return both(type.isFloating() ? type : DataType.FLOAT32, other, (a, b) -> a / b);
    }

    @Override
    public NDArray maximum(NDArray other) {
        return both(other, Math::max);
    }

    @Override
    public NDArray minimum(NDArray other) {
        return both(other, Math::min);
    }

    @Override
    public NDArray addi(Number n) {
        return replace(add(n));
    }

    @Override
    public NDArray subi(Number n) {
        return replace(sub(n));
    }

    @Override
    public NDArray muli(Number n) {
        return replace(mul(n));
    }

    @Override
    public NDArray divi(Number n) {
        return replace(div(n));
    }

    @Override
    public NDArray addi(NDArray other) {
        return replace(add(other));
    }

    @Override
    public NDArray subi(NDArray other) {
        return replace(sub(other));
    }

    @Override
    public NDArray muli(NDArray other) {
        return replace(mul(other));
    }

    @Override
    public NDArray divi(NDArray other) {
        return replace(div(other));
    }

    private OvArray replace(NDArray result) {
        intern(result);
        return this;
    }

    @Override
    public NDArray neg() {
        return map(dataType, v -> -v);
    }

    @Override
    public NDArray abs() {
        return map(dataType, Math::abs);
    }

    @Override
    public NDArray square() {
        return map(dataType, v -> v * v);
    }

    @Override
    public NDArray sqrt() {
        return map(Math::sqrt);
    }

    @Override
    public NDArray exp() {
        return map(Math::exp);
    }

    @Override
    public NDArray log() {
        return map(Math::log);
    }

    @Override
    public NDArray tanh() {
        return map(Math::tanh);
    }

    @Override
    public NDArray sin() {
        return map(Math::sin);
    }

    @Override
    public NDArray cos() {
        return map(Math::cos);
    }

    @Override
    public NDArray floor() {
        return map(Math::floor);
    }

    @Override
    public NDArray ceil() {
        return map(Math::ceil);
    }

    @Override
    public NDArray round() {
        return map(Math::rint);
    }

    @Override
    public NDArray clip(Number min, Number max) {
        return map(dataType, v -> Math.min(max.doubleValue(), Math.max(min.doubleValue(), v)));
    }

    @Override
    public NDArray eq(Number n) {
        return compare(n, (a, b) -> a == b);
    }

    @Override
    public NDArray eq(NDArray other) {
        return compare(other, (a, b) -> a == b);
    }

    @Override
    public NDArray neq(Number n) {
        return compare(n, (a, b) -> a != b);
    }

    @Override
    public NDArray neq(NDArray other) {
        return compare(other, (a, b) -> a != b);
    }

    @Override
    public NDArray gt(Number n) {
        return compare(n, (a, b) -> a > b);
    }

    @Override
    public NDArray gt(NDArray other) {
        return compare(other, (a, b) -> a > b);
    }

    @Override
    public NDArray gte(Number n) {
        return compare(n, (a, b) -> a >= b);
    }

    @Override
    public NDArray gte(NDArray other) {
        return compare(other, (a, b) -> a >= b);
    }

    @Override
    public NDArray lt(Number n) {
        return compare(n, (a, b) -> a < b);
    }

    @Override
    public NDArray lt(NDArray other) {
        return compare(other, (a, b) -> a < b);
    }

    @Override
    public NDArray lte(Number n) {
        return compare(n, (a, b) -> a <= b);
    }

    @Override
    public NDArray lte(NDArray other) {
        return compare(other, (a, b) -> a <= b);
    }

    @Override
    public NDArray logicalAnd(NDArray other) {
        return compare(other, (a, b) -> a != 0 && b != 0);
    }

    @Override
    public NDArray logicalOr(NDArray other) {
        return compare(other, (a, b) -> a != 0 || b != 0);
    }

    @Override
    public NDArray logicalNot() {
        return compare(0, (a, b) -> a == b);
    }

    @Override
    public boolean contentEquals(@Nullable NDArray other) {
        return other instanceof OvArray array
                && array.dataType == dataType
                && array.shape.equals(shape)
                && toByteBuffer(false).equals(array.toByteBuffer(false));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NDArray array && contentEquals(array);
    }

    @Override
    public int hashCode() {
        return toByteBuffer(false).hashCode();
    }

    // reductions

    private OvArray reduce(
            DataType type, int[] axes, boolean keep, double start, DoubleBinaryOperator operator) {
        var dropped = flags(axes);
        var dims = shape.getShape().clone();
        for (int i = 0; i < dims.length; i++) {
            dims[i] = dropped[i] ? 1 : dims[i];
        }
        var small = make(type, new Shape(dims));
        var sums = new double[small.length()];
        Arrays.fill(sums, start);
        var from = values();
        walk(
                shape.getShape(),
                small.broadcastStrides(shape.getShape()),
                0,
                (at, target) ->
                        sums[target] =
                                operator.applyAsDouble(sums[target], from.applyAsDouble(at)));
        small.fill(i -> sums[i]);
        return keep ? small : (OvArray) small.squeeze(axes);
    }

    private int[] everyAxis() {
        return IntStream.range(0, shape.dimension()).toArray();
    }

    @Override
    public NDArray sum() {
        return sum(everyAxis(), false);
    }

    @Override
    public NDArray sum(int[] axes, boolean keepDims) {
        var type = dataType.isFloating() ? dataType : DataType.INT64;
        return reduce(type, axes, keepDims, 0, Double::sum);
    }

    @Override
    public NDArray max() {
        return max(everyAxis(), false);
    }

    @Override
    public NDArray max(int[] axes, boolean keepDims) {
        return reduce(dataType, axes, keepDims, Double.NEGATIVE_INFINITY, Math::max);
    }

    @Override
    public NDArray min() {
        return min(everyAxis(), false);
    }

    @Override
    public NDArray min(int[] axes, boolean keepDims) {
        return reduce(dataType, axes, keepDims, Double.POSITIVE_INFINITY, Math::min);
    }

    @Override
    public NDArray mean() {
        return mean(everyAxis(), false);
    }

    @Override
    public NDArray mean(int[] axes, boolean keepDims) {
        double n = 1;
        for (int axis : axes) {
            n *= shape.get(axis(axis));
        }
        var type = dataType.isFloating() ? dataType : DataType.FLOAT32;
        return reduce(type, axes, keepDims, 0, Double::sum).div(n);
    }

    @Override
    public NDArray softmax(int axis) {
        var axes = new int[] {axis};
        var powers = sub(max(axes, true)).exp();
        return powers.div(powers.sum(axes, true));
    }

    @Override
    public NDArray logSoftmax(int axis) {
        return softmax(axis).log();
    }

    @Override
    public NDArray normalize(double exponent, long dim, double eps) {
        var axes = new int[] {Math.toIntExact(dim)};
        var norm = abs().pow(exponent).sum(axes, true).pow(1 / exponent);
        return div(norm.maximum(eps));
    }

    @Override
    public NDArray argMax() {
        return flatten().argMax(0);
    }

    @Override
    public NDArray argMax(int axis) {
        return best(axis, false);
    }

    @Override
    public NDArray argMin() {
        return flatten().argMin(0);
    }

    @Override
    public NDArray argMin(int axis) {
        return best(axis, true);
    }

    private OvArray best(int axis, boolean ascending) {
        var sorted = (OvArray) argSort(axis, ascending);
        return (OvArray) sorted.slice(axis(axis), 0, 1, 1).squeeze(new int[] {axis(axis)});
    }

    @Override
    public NDArray argSort(int axis, boolean ascending) {
        int at = axis(axis);
        int size = Math.toIntExact(shape.get(at));
        int inner = strides(shape.getShape())[at];
        var from = values();
        var result = make(DataType.INT64, shape);
        for (int start = 0; start < length(); start++) {
            if (start / inner % size != 0) {
                continue;
            }
            int first = start;
            Comparator<Integer> order =
                    Comparator.comparingDouble(k -> from.applyAsDouble(first + k * inner));
            var sorted =
                    IntStream.range(0, size)
                            .boxed()
                            .sorted(ascending ? order : order.reversed())
                            .toList();
            for (int k = 0; k < size; k++) {
                result.bytes.putLong((start + k * inner) * 8, sorted.get(k));
            }
        }
        return result;
    }

    @Override
    public NDArray matMul(NDArray array) {
        var other = (OvArray) array;
        if (shape.dimension() != 2
                || other.shape.dimension() != 2
                || shape.get(1) != other.shape.get(0)) {
            throw unsupported("multiply " + shape + " by", other.shape);
        }
        int n = Math.toIntExact(shape.get(1));
        int width = Math.toIntExact(other.shape.get(1));
        var left = values();
        var right = other.values();
        return make(with(other), new Shape(shape.get(0), width))
                .fill(i -> {
                    double sum = 0;
                    for (int k = 0; k < n; k++) {
                        sum +=
                                left.applyAsDouble(i / width * n + k)
                                        * right.applyAsDouble(k * width + i % width);
                    }
                    return sum;
                });
    }
}
