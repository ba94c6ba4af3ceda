package org.intel.openvino;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** What will be given at an input, or wanted at an output. */
@SuppressWarnings("MemberName") // the names of openvino_contrib's API
public abstract sealed class InputTensorInfo extends PrePostProcessor.Part {
    InputTensorInfo(String kind, MemorySegment info, MethodHandle free, Handle whole) {
        super(kind, info, free, whole);
    }

    public abstract InputTensorInfo set_element_type(ElementType type);

    public InputTensorInfo set_layout(Layout layout) {
        throw inputsOnly("a layout");
    }

    public InputTensorInfo set_color_format(ColorFormat format) {
        throw inputsOnly("a colour format");
    }

    /** Height and width of the pictures that will come. */
    public InputTensorInfo set_spatial_static_shape(int height, int width) {
        throw inputsOnly("a height and width");
    }

    /** The C API has no function for it up to 2026.4. */
    public InputTensorInfo set_spatial_dynamic_shape() {
        throw new UnsupportedOperationException(
                "OpenVINO's C API cannot leave height and width open here; Model.reshape can");
    }

    private static UnsupportedOperationException inputsOnly(String what) {
        return new UnsupportedOperationException("OpenVINO's C API cannot give an output " + what);
    }

    static final class OfInput extends InputTensorInfo {
        private static final MethodHandle FREE = Calls.preprocessFree("input_tensor_info");
        private static final MethodHandle TYPE =
                Calls.preprocess("input_tensor_info_set_element_type", ADDRESS, JAVA_INT);
        private static final MethodHandle LAYOUT =
                Calls.preprocess("input_tensor_info_set_layout", ADDRESS, ADDRESS);
        private static final MethodHandle COLOR =
                Calls.preprocess("input_tensor_info_set_color_format", ADDRESS, JAVA_INT);
        private static final MethodHandle SPATIAL =
                Calls.preprocess(
                        "input_tensor_info_set_spatial_static_shape",
                        ADDRESS,
                        JAVA_LONG,
                        JAVA_LONG);

        OfInput(MemorySegment info, Handle whole) {
            super("InputTensorInfo", info, FREE, whole);
        }

        @Override
        public InputTensorInfo set_element_type(ElementType type) {
            run((self, arena) -> (int) TYPE.invokeExact(self, type.getValue()));
            return this;
        }

        @Override
        public InputTensorInfo set_layout(Layout layout) {
            layout.use(value -> {
                run((self, arena) -> (int) LAYOUT.invokeExact(self, value));
                return null;
            });
            return this;
        }

        @Override
        public InputTensorInfo set_color_format(ColorFormat format) {
            run((self, arena) -> (int) COLOR.invokeExact(self, format.getValue()));
            return this;
        }

        @Override
        public InputTensorInfo set_spatial_static_shape(int height, int width) {
            if (height < 1 || width < 1) {
                throw new IllegalArgumentException("a picture of %d x %d".formatted(height, width));
            }
            run((self, arena) -> (int) SPATIAL.invokeExact(self, (long) height, (long) width));
            return this;
        }
    }

    static final class OfOutput extends InputTensorInfo {
        private static final MethodHandle FREE = Calls.preprocessFree("output_tensor_info");
        private static final MethodHandle TYPE =
                Calls.preprocess("output_set_element_type", ADDRESS, JAVA_INT);

        OfOutput(MemorySegment info, Handle whole) {
            super("OutputTensorInfo", info, FREE, whole);
        }

        @Override
        public InputTensorInfo set_element_type(ElementType type) {
            run((self, arena) -> (int) TYPE.invokeExact(self, type.getValue()));
            return this;
        }
    }
}
