package org.intel.openvino;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** What the model itself takes at an input. */
@SuppressWarnings("MemberName") // the names of openvino_contrib's API
public final class InputModelInfo extends PrePostProcessor.Part {
    private static final MethodHandle FREE = Calls.preprocessFree("input_model_info");
    private static final MethodHandle LAYOUT =
            Calls.preprocess("input_model_info_set_layout", ADDRESS, ADDRESS);

    InputModelInfo(MemorySegment info, Handle whole) {
        super("InputModelInfo", info, FREE, whole);
    }

    public InputModelInfo set_layout(Layout layout) {
        layout.use(value -> {
            run((self, arena) -> (int) LAYOUT.invokeExact(self, value));
            return null;
        });
        return this;
    }
}
