package org.intel.openvino;

/** One dimension of a shape: a size, or a range of sizes. */
@SuppressWarnings("MemberName") // the names of openvino_contrib's API
public final class Dimension extends Wrapper {
    /** Stands for no upper bound. */
    public static final long UNBOUNDED = -1;

    private final long min;
    private final long max;

    /** Exactly this size. */
    public Dimension(long length) {
        this(length, length);
    }

    /** Any size from the first to the second, which may be {@link #UNBOUNDED}. */
    public Dimension(long min, long max) {
        if (min < 0 || max < UNBOUNDED || (max != UNBOUNDED && min > max)) {
            throw new IllegalArgumentException("no size lies within %d..%d".formatted(min, max));
        }
        this.min = min;
        this.max = max;
    }

    /** Any size. */
    public static Dimension dynamic() {
        return new Dimension(0, UNBOUNDED);
    }

    /** The size, if there is only one. */
    public int get_length() {
        if (is_dynamic()) {
            throw new IllegalStateException("dimension %s has no single length".formatted(this));
        }
        return Math.toIntExact(min);
    }

    public boolean is_dynamic() {
        return min != max;
    }

    public long get_min_length() {
        return min;
    }

    /** The largest size, or {@link #UNBOUNDED}. */
    public long get_max_length() {
        return max;
    }

    @Override
    public String toString() {
        if (!is_dynamic()) {
            return Long.toString(min);
        }
        return min == 0 && max == UNBOUNDED
                ? "?"
                : min + ".." + (max == UNBOUNDED ? "" : Long.toString(max));
    }
}
