package org.intel.openvino;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A model as it was read: not yet made for a device. */
@SuppressWarnings({"MemberName", "NonApiType"}) // the names and types of openvino_contrib's API
public final class Model extends Wrapper {
    Model(MemorySegment model) {
        super("Model", model, Calls.MODEL_FREE);
    }

    public String get_name() {
        return use(self -> Calls.string(out -> (int) Calls.MODEL_NAME.invokeExact(self, out)));
    }

    /** The first dimension of the first input. */
    public Dimension get_batch() {
        return input(0).get_partial_shape().get_dimension(0);
    }

    public ArrayList<Output> inputs() {
        return ports(Calls.MODEL_INPUTS, Calls.MODEL_INPUT);
    }

    public ArrayList<Output> outputs() {
        return ports(Calls.MODEL_OUTPUTS, Calls.MODEL_OUTPUT);
    }

    private ArrayList<Output> ports(MethodHandle size, MethodHandle port) {
        return use(self -> ports(self, size, port));
    }

    static ArrayList<Output> ports(MemorySegment self, MethodHandle size, MethodHandle port) {
        long n = Calls.number(out -> (int) size.invokeExact(self, out));
        var ports = new ArrayList<Output>();
        for (long i = 0; i < n; i++) {
            long index = i;
            ports.add(new Output(Calls.made(out -> (int) port.invokeExact(self, index, out))));
        }
        return ports;
    }

    /** The only input. */
    public Output input() {
        return only(inputs(), "input");
    }

    /** The only output. */
    public Output output() {
        return only(outputs(), "output");
    }

    static Output only(List<Output> ports, String kind) {
        if (ports.size() != 1) {
            throw new IllegalStateException(
                    "this model has %d %ss: name one".formatted(ports.size(), kind));
        }
        return ports.getFirst();
    }

    public Output input(int index) {
        return use(self ->
                new Output(
                        Calls.made(out ->
                                (int) Calls.MODEL_INPUT.invokeExact(self, (long) index, out))));
    }

    public Output output(int index) {
        return use(self ->
                new Output(
                        Calls.made(out ->
                                (int) Calls.MODEL_OUTPUT.invokeExact(self, (long) index, out))));
    }

    public Output input(String name) {
        return named(name, Calls.MODEL_INPUT_NAMED);
    }

    public Output output(String name) {
        return named(name, Calls.MODEL_OUTPUT_NAMED);
    }

    private Output named(String name, MethodHandle port) {
        return use(self -> {
            try (var arena = Arena.ofConfined()) {
                var text = Calls.string(arena, name);
                return new Output(Calls.made(out -> (int) port.invokeExact(self, text, out)));
            }
        });
    }

    /** Whether some size is open. */
    public boolean is_dynamic() {
        return use(self -> (boolean) Calls.MODEL_DYNAMIC.invokeExact(self));
    }

    /** Gives the only input other sizes, with -1 for any. */
    public void reshape(int[] shape) {
        reshape(new PartialShape(Arrays.stream(shape).asLongStream().toArray()));
    }

    /** Gives the only input another shape. */
    public void reshape(PartialShape shape) {
        use(self -> {
            try (var arena = Arena.ofConfined()) {
                var argument = arena.allocate(Calls.PARTIAL_SHAPE);
                shape.write(arena, argument);
                Calls.check((int) Calls.RESHAPE_SINGLE.invokeExact(self, argument));
                return null;
            }
        });
    }

    /** Gives inputs other shapes, by name. */
    public void reshape(Map<String, PartialShape> shapes) {
        use(self -> {
            try (var arena = Arena.ofConfined()) {
                var names = arena.allocate(ADDRESS, shapes.size());
                var array = arena.allocate(Calls.PARTIAL_SHAPE, shapes.size());
                int n = 0;
                for (var shape : shapes.entrySet()) {
                    names.setAtIndex(ADDRESS, n, Calls.string(arena, shape.getKey()));
                    long size = Calls.PARTIAL_SHAPE.byteSize();
                    shape.getValue().write(arena, array.asSlice(n++ * size, size));
                }
                Calls.check(
                        (int) Calls.RESHAPE.invokeExact(self, names, array, (long) shapes.size()));
                return null;
            }
        });
    }
}
