package org.intel.openvino;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** One output. */
public final class OutputInfo extends PrePostProcessor.Part {
    private static final MethodHandle FREE = Calls.preprocessFree("output_info");
    private static final MethodHandle TENSOR =
            Calls.preprocess("output_info_get_tensor_info", ADDRESS, ADDRESS);

    OutputInfo(MemorySegment info, Handle whole) {
        super("OutputInfo", info, FREE, whole);
    }

    /** The tensor wanted; only its element type can be set. */
    public InputTensorInfo tensor() {
        return use(self ->
                new InputTensorInfo.OfOutput(
                        Calls.made(out -> (int) TENSOR.invokeExact(self, out)), handle()));
    }
}
