package org.intel.openvino;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** An input or output of a model: its name, shape and element type. */
@SuppressWarnings("MemberName") // the names of openvino_contrib's API
public final class Output extends Wrapper {
    Output(MemorySegment port) {
        super("Output", port, Calls.PORT_FREE);
    }

    /** One of its names. */
    public String get_any_name() {
        return use(self -> Calls.string(out -> (int) Calls.PORT_NAME.invokeExact(self, out)));
    }

    /**
     * Its sizes.
     *
     * @throws IllegalStateException if some of them are open
     */
    public int[] get_shape() {
        return Arrays.stream(get_partial_shape().sizes()).mapToInt(Math::toIntExact).toArray();
    }

    public PartialShape get_partial_shape() {
        return use(self -> {
            try (var arena = Arena.ofConfined()) {
                var shape = arena.allocate(Calls.PARTIAL_SHAPE);
                Calls.check((int) Calls.PORT_SHAPE.invokeExact(self, shape));
                var read = PartialShape.read(shape);
                Calls.PARTIAL_SHAPE_FREE.invokeExact(shape);
                return read;
            }
        });
    }

    public ElementType get_element_type() {
        return ElementType.of(
                use(self -> Calls.integer(out -> (int) Calls.PORT_TYPE.invokeExact(self, out))));
    }
}
