package org.intel.openvino;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** One input: the tensor it is given, the steps between, the tensor the model takes. */
public final class InputInfo extends PrePostProcessor.Part {
    private static final MethodHandle FREE = Calls.preprocessFree("input_info");
    private static final MethodHandle TENSOR =
            Calls.preprocess("input_info_get_tensor_info", ADDRESS, ADDRESS);
    private static final MethodHandle STEPS =
            Calls.preprocess("input_info_get_preprocess_steps", ADDRESS, ADDRESS);
    private static final MethodHandle MODEL =
            Calls.preprocess("input_info_get_model_info", ADDRESS, ADDRESS);

    InputInfo(MemorySegment info, Handle whole) {
        super("InputInfo", info, FREE, whole);
    }

    public InputTensorInfo tensor() {
        return use(self ->
                new InputTensorInfo.OfInput(
                        Calls.made(out -> (int) TENSOR.invokeExact(self, out)), handle()));
    }

    public PreProcessSteps preprocess() {
        return use(self ->
                new PreProcessSteps(
                        Calls.made(out -> (int) STEPS.invokeExact(self, out)), handle()));
    }

    public InputModelInfo model() {
        return use(self ->
                new InputModelInfo(
                        Calls.made(out -> (int) MODEL.invokeExact(self, out)), handle()));
    }
}
