package dev.outrider.ai.sense;

import dev.outrider.ai.openvino.Devices;
import dev.outrider.ai.openvino.ModelCache;
import dev.outrider.ai.openvino.OpenVino;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.intel.openvino.CompiledModel;
import org.intel.openvino.InferRequest;
import org.intel.openvino.Model;
import org.intel.openvino.OpenVinoException;

/** A model ready to compute, with a request for each thread that does. */
final class Network implements AutoCloseable {
    /** Speech and text models go wrong in 16 bits. */
    static final Map<String, String> EXACT = Map.of("INFERENCE_PRECISION_HINT", "f32");

    private final CompiledModel model;
    private final String device;
    private final String explanation;
    private final ConcurrentLinkedQueue<InferRequest> idle = new ConcurrentLinkedQueue<>();

    private Network(Devices.Placed<CompiledModel> placed) {
        model = placed.value();
        device = placed.device();
        explanation = placed.explanation();
    }

    /** Opens a model file, fast if it was opened before. */
    static Network open(Path file, Devices devices, Map<String, String> properties) {
        return open(
                file.toString(),
                devices,
                properties,
                (device, all) -> ModelCache.standard().compile(OpenVino.core(), file, device, all));
    }

    /**
     * Opens a model from memory.
     *
     * @param name for messages
     * @param change made to the model before it is compiled
     */
    static Network open(
            String name,
            byte[] onnx,
            Devices devices,
            Map<String, String> properties,
            Consumer<Model> change) {
        return open(
                name,
                devices,
                properties,
                (device, all) -> {
                    try (var model = OpenVino.core().read_model(onnx)) {
                        change.accept(model);
                        return ModelCache.standard().compile(OpenVino.core(), model, device, all);
                    }
                });
    }

    private static Network open(
            String name,
            Devices devices,
            Map<String, String> properties,
            BiFunction<String, Map<String, String>, CompiledModel> compiling) {
        OpenVino.unavailable()
                .ifPresent(reason -> {
                    throw new SenseException("OpenVINO cannot be used: " + reason);
                });
        var all = new HashMap<String, String>();
        all.put("PERFORMANCE_HINT", "LATENCY");
        all.putAll(properties);
        try {
            return new Network(
                    devices.place(
                            OpenVino.core().get_available_devices(),
                            device -> compiling.apply(device, all)));
        } catch (OpenVinoException | Devices.RefusedException e) {
            throw new SenseException(
                    "the model %s cannot be used: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** The device it runs on. */
    String device() {
        return device;
    }

    /** Why it runs there. */
    String explanation() {
        return explanation;
    }

    CompiledModel model() {
        return model;
    }

    /** A request of one's own, for what keeps state between inferences. */
    InferRequest request() {
        return model.create_infer_request();
    }

    /** Lends a request. */
    <T> T with(Function<InferRequest, T> use) {
        var free = idle.poll();
        var request = free == null ? model.create_infer_request() : free;
        try {
            return use.apply(request);
        } finally {
            idle.add(request);
        }
    }

    @Override
    public void close() {
        for (var request = idle.poll(); request != null; request = idle.poll()) {
            request.close();
        }
        model.close();
    }
}
