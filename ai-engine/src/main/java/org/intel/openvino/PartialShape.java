package org.intel.openvino;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** A shape some of whose dimensions may be open. */
@SuppressWarnings("MemberName") // the names of openvino_contrib's API
public final class PartialShape extends Wrapper {
    private final List<Dimension> dimensions;
    private final boolean ranked;

    /** A shape of as many dimensions as given. */
    public PartialShape(Dimension... dimensions) {
        this(List.of(dimensions), true);
    }

    /** A shape of fixed sizes, with -1 for any size. */
    public PartialShape(long... dims) {
        this(
                Arrays.stream(dims)
                        .mapToObj(dim -> dim == -1 ? Dimension.dynamic() : new Dimension(dim))
                        .toList(),
                true);
    }

    private PartialShape(List<Dimension> dimensions, boolean ranked) {
        this.dimensions = dimensions;
        this.ranked = ranked;
    }

    /** Reads an {@code ov_partial_shape_t}, which stays the caller's. */
    static PartialShape read(MemorySegment shape) {
        long min = shape.get(JAVA_LONG, 0);
        if (min != shape.get(JAVA_LONG, 8)) {
            return new PartialShape(List.of(), false);
        }
        var dims = new Dimension[Math.toIntExact(min)];
        var pairs = shape.get(ADDRESS, 16).reinterpret(16 * min);
        for (int i = 0; i < dims.length; i++) {
            long low = pairs.getAtIndex(JAVA_LONG, 2L * i);
            long high = pairs.getAtIndex(JAVA_LONG, 2L * i + 1);
            dims[i] = low < 0 ? Dimension.dynamic() : new Dimension(low, high);
        }
        return new PartialShape(dims);
    }

    /** Writes it as {@code ov_partial_shape_t}. */
    void write(Arena arena, MemorySegment shape) {
        var pairs = arena.allocate(16L * dimensions.size(), 8);
        for (int i = 0; i < dimensions.size(); i++) {
            pairs.setAtIndex(JAVA_LONG, 2L * i, dimensions.get(i).get_min_length());
            pairs.setAtIndex(JAVA_LONG, 2L * i + 1, dimensions.get(i).get_max_length());
        }
        shape.set(JAVA_LONG, 0, dimensions.size());
        shape.set(JAVA_LONG, 8, dimensions.size());
        shape.set(ADDRESS, 16, pairs);
    }

    /** The dimension at an index from 0. */
    public Dimension get_dimension(int index) {
        if (index < 0 || index >= dimensions.size()) {
            throw new IndexOutOfBoundsException(
                    "shape %s has no dimension %d".formatted(this, index));
        }
        return dimensions.get(index);
    }

    /** How many dimensions it has; 0 if even that is open. */
    public int rank() {
        return dimensions.size();
    }

    public boolean is_dynamic() {
        return !ranked || dimensions.stream().anyMatch(Dimension::is_dynamic);
    }

    /** The largest sizes; an open end is the largest number. */
    public int[] get_max_shape() {
        return sizes(dim ->
                dim.get_max_length() == Dimension.UNBOUNDED
                        ? Integer.MAX_VALUE
                        : dim.get_max_length());
    }

    public int[] get_min_shape() {
        return sizes(Dimension::get_min_length);
    }

    private int[] sizes(ToLongFunction<Dimension> size) {
        return dimensions.stream()
                .mapToInt(dim -> Math.toIntExact(size.applyAsLong(dim)))
                .toArray();
    }

    /** The sizes, if all of them are fixed. */
    long[] sizes() {
        if (is_dynamic()) {
            throw new IllegalStateException(
                    "shape %s has open dimensions; get_partial_shape gives them".formatted(this));
        }
        return dimensions.stream().mapToLong(Dimension::get_min_length).toArray();
    }

    @Override
    public String toString() {
        return ranked
                ? dimensions.stream()
                        .map(Object::toString)
                        .collect(Collectors.joining(",", "[", "]"))
                : "[...]";
    }
}
