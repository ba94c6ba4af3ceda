package dev.outrider.ai.openvino;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractSymbolBlock;
import ai.djl.nn.ParameterList;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.intel.openvino.CompiledModel;
import org.intel.openvino.ElementType;
import org.intel.openvino.InferRequest;
import org.intel.openvino.Output;
import org.intel.openvino.PartialShape;
import org.intel.openvino.Tensor;
import org.jspecify.annotations.Nullable;

/** A compiled model as one DJL block; each thread that computes takes a request of its own. */
final class OvBlock extends AbstractSymbolBlock implements AutoCloseable {
    private final CompiledModel model;
    private final String placement;
    private final List<Port> inputs;
    private final List<Port> outputs;
    private final ConcurrentLinkedQueue<Worker> idle = new ConcurrentLinkedQueue<>();

    OvBlock(CompiledModel model, String placement, NDManager manager) {
        this.model = model;
        this.placement = placement;
        inputs = ports(model.inputs());
        outputs = ports(model.outputs());
        manager.attachInternal(NDManager.nextUid(), this);
    }

    private record Port(String name, ElementType type, PartialShape shape) {}

    private static List<Port> ports(List<Output> ports) {
        return ports.stream()
                .map(port -> {
                    try (port) {
                        return new Port(
                                port.get_any_name(),
                                port.get_element_type(),
                                port.get_partial_shape());
                    }
                })
                .toList();
    }

    /** Which device runs it and why, for people. */
    String placement() {
        return placement;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters,
            NDList arrays,
            boolean training,
            @Nullable PairList<String, Object> options) {
        var free = idle.poll();
        var worker = free == null ? new Worker(model.create_infer_request()) : free;
        try {
            return worker.compute(ordered(arrays));
        } finally {
            idle.add(worker);
        }
    }

    /** By name if every array is called like an input, else in order. */
    private NDArray[] ordered(NDList arrays) {
        if (arrays.size() != inputs.size()) {
            throw new IllegalArgumentException(
                    "the model takes %d inputs %s, and %d arrays were given"
                            .formatted(
                                    inputs.size(),
                                    inputs.stream().map(Port::name).toList(),
                                    arrays.size()));
        }
        var names = new HashSet<@Nullable String>();
        arrays.forEach(array -> names.add(array.getName()));
        boolean named = inputs.stream().allMatch(port -> names.contains(port.name()));
        var ordered = new NDArray[inputs.size()];
        for (int i = 0; i < ordered.length; i++) {
            ordered[i] = named ? arrays.get(inputs.get(i).name()) : arrays.get(i);
        }
        return ordered;
    }

    /** A request with the tensors it was given last; equal shapes need no new memory. */
    private final class Worker {
        private final InferRequest request;
        private final Map<Integer, Tensor> tensors = new HashMap<>();

        Worker(InferRequest request) {
            this.request = request;
        }

        NDList compute(NDArray[] arrays) {
            for (int i = 0; i < arrays.length; i++) {
                fill(i, arrays[i]);
            }
            request.infer();
            var manager = arrays.length == 0 ? OvArrays.SYSTEM : arrays[0].getManager();
            var results = new NDList();
            for (int i = 0; i < outputs.size(); i++) {
                results.add(result(manager, i));
            }
            return results;
        }

        private void fill(int index, NDArray array) {
            var type = inputs.get(index).type();
            var source =
                    type == ElementType.dynamic ? array : array.toType(ArrayTypes.djl(type), false);
            var elements = ArrayTypes.openVino(source.getDataType());
            var shape = source.getShape().getShape();
            var tensor = tensors.get(index);
            if (tensor == null
                    || tensor.get_element_type() != elements
                    || !Arrays.equals(longs(tensor.get_shape()), shape)) {
                tensor = new Tensor(elements, shape);
                request.set_input_tensor(index, tensor);
                tensors.put(index, tensor);
            }
            tensor.segment().copyFrom(MemorySegment.ofBuffer(source.toByteBuffer()));
        }

        private NDArray result(NDManager manager, int index) {
            try (var tensor = request.get_output_tensor(index)) {
                var type = ArrayTypes.djl(tensor.get_element_type());
                var shape = new Shape(longs(tensor.get_shape()));
                var array = tensor.read(bytes -> manager.create(bytes.asByteBuffer(), shape, type));
                array.setName(outputs.get(index).name());
                return array;
            }
        }
    }

    private static long[] longs(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }

    @Override
    public PairList<String, Shape> describeInput() {
        return describe(inputs);
    }

    @Override
    public PairList<String, Shape> describeOutput() {
        return describe(outputs);
    }

    private static PairList<String, Shape> describe(List<Port> ports) {
        var described = new PairList<String, Shape>();
        for (Port port : ports) {
            var dims = new long[port.shape().rank()];
            for (int i = 0; i < dims.length; i++) {
                var dim = port.shape().get_dimension(i);
                dims[i] = dim.is_dynamic() ? -1 : dim.get_length();
            }
            described.add(port.name(), new Shape(dims));
        }
        return described;
    }

    @Override
    public ParameterList getDirectParameters() {
        return new ParameterList();
    }

    @Override
    public void removeLastBlock() {
        throw new UnsupportedOperationException("an OpenVINO model has no blocks to remove");
    }

    @Override
    public void close() {
        for (var worker = idle.poll(); worker != null; worker = idle.poll()) {
            worker.request.close();
        }
        model.close();
    }
}
