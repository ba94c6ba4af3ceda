package org.intel.openvino;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The steps between the tensor that is given and the one the model takes, in order. */
@SuppressWarnings("MemberName") // the names of openvino_contrib's API
public final class PreProcessSteps extends PrePostProcessor.Part {
    private static final MethodHandle FREE = Calls.preprocessFree("preprocess_steps");
    private static final MethodHandle RESIZE = step("resize", JAVA_INT);
    private static final MethodHandle SCALE = step("scale", JAVA_FLOAT);
    private static final MethodHandle SCALES = step("scale_multi_channels", ADDRESS, JAVA_INT);
    private static final MethodHandle MEAN = step("mean", JAVA_FLOAT);
    private static final MethodHandle MEANS = step("mean_multi_channels", ADDRESS, JAVA_INT);
    private static final MethodHandle CROP = step("crop", ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle TYPE = step("convert_element_type", JAVA_INT);
    private static final MethodHandle COLOR = step("convert_color", JAVA_INT);
    private static final MethodHandle LAYOUT = step("convert_layout", ADDRESS);
    private static final MethodHandle REVERSE = step("reverse_channels");

    PreProcessSteps(MemorySegment steps, Handle whole) {
        super("PreProcessSteps", steps, FREE, whole);
    }

    private static MethodHandle step(String name, MemoryLayout... arguments) {
        var all = new MemoryLayout[arguments.length + 1];
        all[0] = ADDRESS;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Calls.preprocess("preprocess_steps_" + name, all);
    }

    public PreProcessSteps resize(ResizeAlgorithm algorithm) {
        if (algorithm.getValue() > ResizeAlgorithm.RESIZE_NEAREST.getValue()) {
            throw new UnsupportedOperationException("OpenVINO's C API has no " + algorithm);
        }
        run((self, arena) -> (int) RESIZE.invokeExact(self, algorithm.getValue()));
        return this;
    }

    /** Divides by a number. */
    public PreProcessSteps scale(float value) {
        run((self, arena) -> (int) SCALE.invokeExact(self, value));
        return this;
    }

    /** Divides each channel by its number. */
    public PreProcessSteps scale(float[] values) {
        run((self, arena) ->
                (int) SCALES.invokeExact(self, Calls.floats(arena, values), values.length));
        return this;
    }

    /** Subtracts a number. */
    public PreProcessSteps mean(float value) {
        run((self, arena) -> (int) MEAN.invokeExact(self, value));
        return this;
    }

    /** Subtracts its number from each channel. */
    public PreProcessSteps mean(float[] values) {
        run((self, arena) ->
                (int) MEANS.invokeExact(self, Calls.floats(arena, values), values.length));
        return this;
    }

    /** Keeps what lies from the begin to the end, in every dimension. */
    public PreProcessSteps crop(int[] begin, int[] end) {
        if (begin.length != end.length) {
            throw new IllegalArgumentException(
                    "%d begins and %d ends".formatted(begin.length, end.length));
        }
        run((self, arena) ->
                (int)
                        CROP.invokeExact(
                                self,
                                arena.allocateFrom(JAVA_INT, begin),
                                begin.length,
                                arena.allocateFrom(JAVA_INT, end),
                                end.length));
        return this;
    }

    public PreProcessSteps convert_element_type(ElementType type) {
        run((self, arena) -> (int) TYPE.invokeExact(self, type.getValue()));
        return this;
    }

    public PreProcessSteps convert_color(ColorFormat format) {
        run((self, arena) -> (int) COLOR.invokeExact(self, format.getValue()));
        return this;
    }

    public PreProcessSteps convert_layout(Layout dstLayout) {
        dstLayout.use(value -> {
            run((self, arena) -> (int) LAYOUT.invokeExact(self, value));
            return null;
        });
        return this;
    }

    public PreProcessSteps reverse_channels() {
        run((self, arena) -> (int) REVERSE.invokeExact(self));
        return this;
    }
}
